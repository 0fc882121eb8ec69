from straßen.maße import mittlere_länge

for name, längen in (("Hauptstraße", [420, 380]), ("Gässchen", [])):
    print(name, mittlere_länge(längen))
