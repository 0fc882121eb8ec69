from clock.span import spell

for seconds in (75, None):
    print(spell(seconds))
