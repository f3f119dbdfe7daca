sign-in-title = Staff sign-in
sign-in-email = E-mail
sign-in-password = Password
sign-in-wrong = E-mail and password do not match.
sign-in-paused = Too many attempts. Try again in { $value } seconds.
sign-in-staff-only = This door is for the shop’s staff.
sign-in-to-shop = Go to the shop
