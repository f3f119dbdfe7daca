# El chat de la tienda.
chat-title = Habla con nosotros
chat-text = La conversación sigue si cambias de página
chat-to-shop = Volver a la tienda
chat-welcome = Hola, somos { $value }. Cuéntanos qué necesitas; te contesta una persona.
chat-you = Tú
chat-message = Escribe tu mensaje
chat-send = Enviar
chat-about = Preguntas por
chat-about-order = Sobre mi pedido { $value }:
chat-answers = Te atiende { $value }
chat-expert-answers = Te atiende { $value } · { $title }
chat-waits = Espera: { $value }
chat-expert-waits = { $title } · espera: { $value }
chat-new = Nuevo
chat-seen = visto
