# Studio: the words of search

search-words = Search
search-words-says = What your customers look for in the shop, and what they do not find. Words that mean the same here count within seconds on the web, at the till and in the chat.
search-since = This week and last
search-term = What they typed
search-asked = Times
search-found = Products
search-missed = Not found
search-missed-none = Everything searched for is found
search-missed-none-says = Searches that lead to no product appear here, so that a synonym can mend them.
search-most = Most searched for
search-most-none = Nobody has searched yet
search-most-none-says = Searches are counted without knowing whose they are.
synonyms = Words that mean the same
synonyms-says = Whoever searches for one also finds what carries the others.
synonyms-begin = Make a synonym
synonyms-words = Words
synonyms-words-hint = Two or more, separated by commas: trainers, sneakers, running shoes
synonyms-direction = Direction
synonyms-both = Each finds the others
synonyms-from-first = Only the first finds the others
synonyms-none = No group yet
synonyms-none-says = For example: jeans, denim trousers.
synonyms-saved = Saved. Search already knows.
synonyms-removed = Group removed.
why-catalogue-synonyms-too-few = Write at least two different words, separated by commas.
why-catalogue-synonyms-too-many = A group has at most { $most } words.
why-catalogue-synonym-too-long = “{ $word }…” has more than { $most } letters.
why-catalogue-synonym-meaningless = “{ $word }” has no word that can be searched for.
why-catalogue-synonyms-full = There are a thousand groups already. Remove one first.
told-synonyms-changed = changed the words of search

# The search field of the shop, while it is empty

suggestions-recent = Your searches
suggestions-forget = Clear
suggestions-popular = Often searched for
