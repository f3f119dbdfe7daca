# Por qué dos personas pueden ser una
alike-exact = { $value }: igual
alike-close = { $value }: casi igual
alike-similar = { $value }: parecido
alike-partial = { $value }: coincide en parte
alike-alias = { $value }: forma corta o inicial
alike-swapped = { $value }: en otro lugar
alike-different = { $value }: distinto
same-none = Todo claro
same-none-text = Ninguna pareja espera respuesta. Aquí aparecen las que se parecen sin ser seguras.
same-about-learnt = Desde un { $join } % de seguridad se unen solas; desde un { $ask } % se pregunta aquí. Aprendido de { $profiles } fichas el { $date }.
same-about-prior = Desde un { $join } % de seguridad se unen solas; desde un { $ask } % se pregunta aquí. Con pocas fichas se usa lo que vale para la gente en general.
join-by-staff = Lo dice el equipo
