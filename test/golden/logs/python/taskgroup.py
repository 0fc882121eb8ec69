import asyncio

async def job(n):
    await asyncio.sleep(0)
    raise ValueError(f"job {n}")

async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(job(1))
        tg.create_task(job(2))

asyncio.run(main())
