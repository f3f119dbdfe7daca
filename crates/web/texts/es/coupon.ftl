# Cupones: cesta, compra y caja.
coupon-label = Cupón
coupon-enter = Aplicar
coupon-remove = Quitar
coupon-kept = Cupón { $value } guardado en la cesta.
coupon-refused = { $value }
coupon-idle = El cupón aún no descuenta nada de esta cesta.
coupon-unknown = No existe ese cupón. Revisa el código.
coupon-not-yet = Este cupón todavía no es válido.
coupon-over = Este cupón ya no es válido.
coupon-used-up = Este cupón ya se ha usado.
coupon-used-by-customer = Esta persona ya ha usado el cupón todas las veces que se puede.
coupon-needs-customer = Este cupón necesita saber quién compra.
coupon-stopped = Este cupón no es válido ahora mismo.
event-order-coupon = Cupón { $value }
coupon-too-many = Demasiados códigos que no existen. Espera un minuto y prueba otra vez.
