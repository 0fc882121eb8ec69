class Missing(LookupError):
    pass

def find(key):
    try:
        return {}[key]
    except KeyError:
        raise Missing(f"no product {key!r}") from None

find("tea")
