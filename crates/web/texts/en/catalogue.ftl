# Products: files that came in.
product-imports-says = The files of products that you brought in. Each can be undone.
product-no-imports = No file yet
product-import-unnamed = File without a name
product-import-progress = { $done } of { $of } products
product-line-created = New
product-line-changed = Changed
product-line-unchanged = As they were
product-line-left-out = Left out
product-line-taken-back = Undone
product-import-made = Products it made
product-import-refused = Not taken
product-import-refused-says = Something changed between the preview and the import. Mend the file and bring it in again: what is in already stays as it is.
product-import-kept-says = Somebody has changed them since the import, or their stock is promised already.
product-import-undo-says = Archives the products it made and gives the others their former texts, prices and pictures back. What somebody has changed since stays, and is listed here.
product-kept-changed = Changed since
product-kept-stock = Its stock is promised already

# On sale, and off it, at a moment.
publication = Publication
publication-says = It goes on sale, or back to a draft, at its moment without anybody doing anything. Time of { $value }.
publication-on-sale = On sale from
publication-off-sale = On sale until
publication-plan = Save the publication
publication-saved = Publication saved
told-product-planned = planned the publication of { $name }
why-catalogue-invalid-on-sale = That moment has passed; choose a later one.
why-catalogue-invalid-off-sale = It must be later than now, and than going on sale.

# Pictures.
studio-add-pictures = New pictures
studio-add-pictures-says = JPEG, PNG or WebP, up to ten and 20 MB together. They are turned upright, made in each size, and lose what the camera noted.
studio-upload = Upload
studio-choose-pictures = Choose one to { $n } pictures.
studio-pictures-added = Pictures added
studio-picture-by-reference = Add a picture by its reference
studio-picture-of = Shows
studio-picture-of-all = The whole product
why-catalogue-picture-too-large = A picture has at most 20 MB: save it smaller and upload it again.
why-catalogue-not-a-picture = A picture is a JPEG, PNG or WebP file: save it as one and upload it again.
why-catalogue-picture-broken = The picture cannot be read: the file may be cut off. Try another copy.
why-catalogue-picture-too-many-dots = The picture has too many dots: at most 12,000 by 12,000.
