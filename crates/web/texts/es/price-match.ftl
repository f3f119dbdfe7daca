# El estudio: igualar en tienda el precio de la web.
match-rule = Igualar precios
match-rule-says = La tienda puede cobrar lo que pide nuestra propia web cuando es menos. Cada vez queda apuntado quién, de cuánto a cuánto y por qué.
match-allowed = Las tiendas igualan el precio de nuestra web
match-allowed-hint = Si no, quien vende lo ve y no lo puede cobrar.
match-most-percent = Se baja como mucho, en porcentaje
match-most-amount = Se baja como mucho, en cantidad
match-empty-hint = Vacío: sin límite.
match-reason-over = Con motivo a partir de
match-reason-hint = Bajar más de esto en una unidad pide un motivo. Vacío: siempre lo pide.
match-roles = Quién puede
match-history = Cambios de la regla
why-pricing-invalid-most-basis-points = De 0,01 a 100 por ciento.
why-pricing-invalid-most = Una cantidad mayor que cero.
why-pricing-invalid-reason-over = No puede ser negativo.
why-pricing-invalid-roles = Elige a alguien que pueda hacerlo.

# Precio igualado al de nuestra web.
till-on-the-web = En la web: { $value }
till-same-on-the-web = En la web cuesta lo mismo.
till-match = Igualar
till-unmatch = Quitar
till-matched = Precio igualado al de la web: { $to } en lugar de { $from }
till-match-reason = Motivo
till-match-reason-of = Motivo para igualar { $value }
till-match-off = Esta marca no iguala precios.
till-match-role = Pide a quien pueda igualar que lo haga.
till-match-not-lower = En la web no es más barato.
till-match-too-much = Se puede bajar { $value } como mucho.
till-match-needs-reason = Para bajar más de { $value } escribe el motivo.
event-price-match-made = Precio igualado al de la web en la tienda
told-price-match-made = igualó el precio de { $name }
told-price-match-rule-set = cambió la regla de igualar precios
