"""Tỉnh Hà An: an invented province. Names, posts and figures belong to nobody."""
