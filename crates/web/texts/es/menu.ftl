# What a shop has right now

shops-menu = Qué hay ahora
menu-of = { $value } ahora mismo
menu-all = Todo
menu-more = Ver todo
menu-none = Ahora mismo no queda nada
menu-none-text = En cuanto haya algo, aparecerá aquí sin recargar la página.
