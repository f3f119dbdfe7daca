# Cerca de mí, de mi talla, hoy.
near = Recoger hoy cerca de ti
near-where = Código postal o ciudad
near-look = Ver tiendas
near-locate = Usar mi ubicación
near-not-located = No hemos podido saber dónde estás. Escribe tu código postal.
near-of = Cerca de { $value }
near-here = Cerca de donde estás
near-change = Cambiar
near-rough = Distancias desde la capital de la provincia.
near-unknown = No conocemos «{ $value }». Escribe un código postal de cinco cifras o una ciudad.
near-choose = Elige una talla y verás qué tiendas la tienen.
near-none = Ninguna tienda lo tiene ahora.
near-send = Que me lo enviéis a casa
near-few = { $n ->
    [one] Última unidad
   *[other] Últimas { $n } unidades
}
near-some = { $n ->
    [one] { $n } unidad
   *[other] { $n } unidades
}
near-ready = Recógelo { $value }
near-hold = Guardar hasta mañana
near-collect = Recoger aquí
near-says = «Guardar» lo aparta 24 horas y lo pagas en la tienda. «Recoger aquí» lo pone en tu cesta.
near-more = Ver todas las tiendas que lo tienen
near-back = Volver al producto
hold-title = Te lo guardamos en { $value }
hold-text = Durante 24 horas nadie más se lo lleva. Lo pagas al recogerlo.
hold-done = Guardado 24 horas en { $value }
hold-gone = En { $value } se acaba de agotar: alguien ha llegado antes.
hold-next = La siguiente tienda más cercana que lo tiene es { $shop }, a { $far }.
hold-nowhere = Ya no está en ninguna tienda
hold-refused = No se ha podido guardar. Vuelve al producto y prueba otra vez.
