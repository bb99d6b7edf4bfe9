"""Memoranda written as HTML, PDF and DOCX."""
