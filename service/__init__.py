"""The HTTP skin over `negative_list`: it translates and decides nothing."""
