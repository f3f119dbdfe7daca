# Studio: the words of search

search-words = Búsqueda
search-words-says = Lo que buscan sus clientes en la tienda y lo que no encuentran. Las palabras que aquí significan lo mismo valen a los pocos segundos en la web, el mostrador y el chat.
search-since = Esta semana y la pasada
search-term = Lo que escribieron
search-asked = Veces
search-found = Productos
search-missed = No encontraron
search-missed-none = Todo lo buscado se encuentra
search-missed-none-says = Aquí verá las búsquedas que no dan ningún producto, para remediarlas con un sinónimo.
search-most = Lo más buscado
search-most-none = Nadie ha buscado todavía
search-most-none-says = Las búsquedas se cuentan sin saber de quién son.
synonyms = Palabras que significan lo mismo
synonyms-says = Quien busca una encuentra también lo que lleva las otras.
synonyms-begin = Crear sinónimo
synonyms-words = Palabras
synonyms-words-hint = Dos o más, separadas por comas: zapatillas, deportivas, bambas
synonyms-direction = Sentido
synonyms-both = Cada una encuentra las otras
synonyms-from-first = Solo la primera encuentra las otras
synonyms-none = Ningún grupo todavía
synonyms-none-says = Por ejemplo: pantalón vaquero, vaqueros, tejanos.
synonyms-saved = Guardado. La búsqueda ya lo tiene en cuenta.
synonyms-removed = Grupo quitado.
why-catalogue-synonyms-too-few = Escriba al menos dos palabras distintas, separadas por comas.
why-catalogue-synonyms-too-many = Un grupo tiene como mucho { $most } palabras.
why-catalogue-synonym-too-long = «{ $word }…» tiene más de { $most } letras.
why-catalogue-synonym-meaningless = «{ $word }» no tiene ninguna palabra que se pueda buscar.
why-catalogue-synonyms-full = Ya hay mil grupos. Quite antes alguno.
told-synonyms-changed = cambió las palabras de búsqueda

# The search field of the shop, while it is empty

suggestions-recent = Tus búsquedas
suggestions-forget = Borrar
suggestions-popular = Se busca mucho
