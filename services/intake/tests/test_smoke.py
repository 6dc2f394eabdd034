async def test_smoke(stage):
    code = await stage.accepted()
    d = await stage.read(code)
    print(d)
    print(await stage.events(code))
