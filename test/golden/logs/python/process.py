from multiprocessing import Process

def work():
    raise ValueError("in the child")

if __name__ == "__main__":
    p = Process(target=work)
    p.start()
    p.join()
    print("child ended")
