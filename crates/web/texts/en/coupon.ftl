# Coupons: cart, checkout and till.
coupon-label = Coupon
coupon-enter = Apply
coupon-remove = Remove
coupon-kept = Coupon { $value } is kept in the cart.
coupon-refused = { $value }
coupon-idle = The coupon takes nothing off this cart yet.
coupon-unknown = There is no such coupon. Check the code.
coupon-not-yet = This coupon is not valid yet.
coupon-over = This coupon is no longer valid.
coupon-used-up = This coupon has been used.
coupon-used-by-customer = This person has used the coupon as often as one may.
coupon-needs-customer = This coupon needs to know who buys.
coupon-stopped = This coupon is not valid at the moment.
event-order-coupon = Coupon { $value }
coupon-too-many = Too many codes that do not exist. Wait a minute and try again.
