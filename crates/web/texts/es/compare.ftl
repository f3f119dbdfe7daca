compare = Comparar
compare-text = Lo mismo de cada uno, lado a lado. Lo que cambia está señalado.
compare-this = Comparar con otro
compare-none = Nada que comparar
compare-none-text = Abre un artículo y elige «Comparar con otro».
compare-with = Añadir a la comparación
compare-full = Caben cuatro. Quita uno para añadir otro.
compare-without = Quitar
compare-differs = cambia
compare-nothing = no se dice
compare-price = Precio desde
compare-rating = Valoraciones
compare-shops = En tienda
compare-in-shops = { $n ->
    [0] en ninguna
    [one] en una tienda
   *[other] en { $n } tiendas
 }
compare-sends = Se envía
compare-yes = sí
compare-no = no
