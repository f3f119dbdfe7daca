# Productos: ficheros que han entrado.
product-imports-says = Los ficheros de productos que has traído. Cada uno se puede deshacer.
product-no-imports = Ningún fichero todavía
product-import-unnamed = Fichero sin nombre
product-import-progress = { $done } de { $of } productos
product-line-created = Nuevos
product-line-changed = Con cambios
product-line-unchanged = Como estaban
product-line-left-out = Se quedaron fuera
product-line-taken-back = Deshechos
product-import-made = Productos que hizo
product-import-refused = No entraron
product-import-refused-says = Algo cambió entre la vista previa y la importación. Corrige el fichero y vuelve a traerlo: lo que ya entró se queda como está.
product-import-kept-says = Alguien los ha cambiado desde la importación, o sus existencias ya están comprometidas.
product-import-undo-says = Archiva los productos que hizo y devuelve a los demás sus textos, precios y fotos de antes. Lo que alguien haya cambiado después se queda, y sale aquí.
product-kept-changed = Ha cambiado después
product-kept-stock = Sus existencias ya están comprometidas

# Salir a la venta, y dejar de estarlo, a su hora.
publication = Publicación
publication-says = Sale a la venta, o vuelve a borrador, a su hora y sin que nadie haga nada. Hora de { $value }.
publication-on-sale = A la venta desde
publication-off-sale = A la venta hasta
publication-plan = Guardar la publicación
publication-saved = Publicación guardada
told-product-planned = planeó la publicación de { $name }
why-catalogue-invalid-on-sale = Ese momento ya ha pasado; elige uno posterior.
why-catalogue-invalid-off-sale = Tiene que ser después de ahora y de salir a la venta.

# Fotos.
studio-add-pictures = Fotos nuevas
studio-add-pictures-says = JPEG, PNG o WebP, hasta diez y 20 MB en total. Se enderezan, se hacen en cada tamaño y pierden lo que la cámara anotó.
studio-upload = Subir
studio-choose-pictures = Elige de una a { $n } fotos.
studio-pictures-added = Fotos añadidas
studio-picture-by-reference = Añadir una foto por su referencia
studio-picture-of = Muestra
studio-picture-of-all = El producto entero
why-catalogue-picture-too-large = Una foto tiene como mucho 20 MB: guárdala más pequeña y vuelve a subirla.
why-catalogue-not-a-picture = Una foto es un archivo JPEG, PNG o WebP: guárdala así y vuelve a subirla.
why-catalogue-picture-broken = La foto no se puede leer: puede que el archivo esté cortado. Prueba con otra copia.
why-catalogue-picture-too-many-dots = La foto tiene demasiados puntos: como mucho 12.000 por 12.000.
