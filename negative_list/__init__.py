"""China's foreign-investment access lists as data, and the engine that reads a proposal against them."""

__version__ = "0.1.0"
