def close():
    raise OSError("disk gone")
def work():
    try:
        1 / 0
    finally:
        close()
work()
