sign-in-title = Entrar al equipo
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-wrong = El correo o la contraseña no coinciden.
sign-in-paused = Demasiados intentos. Vuelve a probar dentro de { $value } segundos.
sign-in-staff-only = Esta puerta es para el equipo de la tienda.
sign-in-to-shop = Ir a la tienda
