import urllib.error, urllib.request

def fetch():
    urllib.request.urlopen("http://127.0.0.1:1/")

fetch()
