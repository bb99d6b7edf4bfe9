"""The Model Context Protocol: the service as tools of a language model, over standard input or HTTP.

`tools` says what can be asked, `server` speaks the protocol through its SDK; `stdio` and `bridge` are the two ways in.
Importing the SDK takes about a second and 35 MB, so nothing imports this package before it is asked for.
"""
