def load(path):
    return {"limit": "ten"}


def main():
    config = load("shop.ini")
    try:
        limit = int(config["limit"])
    except ValueError:
        limit = config["fallback"]
    print(limit)


main()
