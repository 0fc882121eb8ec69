def spell(seconds):
    """A span as people say it."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s"
