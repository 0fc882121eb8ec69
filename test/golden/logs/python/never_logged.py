import asyncio, logging
logging.basicConfig(format="2026-01-02 03:04:05,678 %(levelname)s %(name)s: %(message)s", level="INFO")

async def job():
    raise ConnectionError("backend is away")

async def main():
    logging.info("start")
    asyncio.ensure_future(job())
    await asyncio.sleep(0.01)
    logging.info("going on")

asyncio.run(main())
