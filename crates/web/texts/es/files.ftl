files = Archivos
files-add = Adjuntar
files-busy = Subiendo…
files-instead = Todos los archivos pueden ir por:
files-stay = No se ha enviado: hay un archivo que no puede ir por este canal. Lo que has escrito sigue aquí.
files-not-in-notes = Una nota no lleva archivos. Quítalos o escribe una respuesta.
files-not-later = Una respuesta para más tarde no lleva archivos: envíala ahora o quítalos.
files-gone = Un archivo ya no está. Vuelve a elegirlo.
files-no-room = Ahora no cabe: hay demasiados archivos sin enviar. Quita alguno o prueba más tarde.
files-too-many = { $n ->
    [one] Un mensaje lleva como mucho un archivo.
   *[other] Un mensaje lleva como mucho { $n } archivos.
}
file-drop = Quitar { $value }
file-empty = «{ $value }» está vacío.
file-too-large = «{ $value }» ocupa demasiado: como mucho { $most }.
file-program = «{ $value }» es un programa y no se envía.
file-not-by = Por { $value } no puede ir.
file-types-by = Por { $channel } solo van { $value }.
file-size-by = Por { $channel } van como mucho { $most }.
