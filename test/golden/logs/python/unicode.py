def lies():
    raise ValueError("größe fehlt: 价格 💥")
lies()
