# Códigos
studio-codes = Códigos
studio-codes-say = Cada código abre exactamente este artículo y recuerda de dónde viene la visita. Imprime esta página para tener las etiquetas.
studio-code-of = Código de { $value }
studio-code-whole = Todas las variantes
studio-code-place = Dónde estarán
studio-code-place-such = estantería, escaparate, anuncio-tv
studio-code-shelf = estanteria
studio-code-window = escaparate
studio-code-advert = anuncio
studio-code-make = Crear
