files = Files
files-add = Attach
files-busy = Uploading…
files-instead = All the files can go by:
files-stay = Not sent: one file cannot go by this channel. What you wrote is still here.
files-not-in-notes = A note carries no files. Take them away, or write a reply.
files-not-later = An answer for later carries no files: send it now or take them out.
files-gone = A file is no longer there. Choose it again.
files-no-room = No room for it now: too many files wait to be sent. Remove one, or try later.
files-too-many = { $n ->
    [one] A message carries at most one file.
   *[other] A message carries at most { $n } files.
}
file-drop = Remove { $value }
file-empty = “{ $value }” is empty.
file-too-large = “{ $value }” is too large: at most { $most }.
file-program = “{ $value }” is a program and is not sent.
file-not-by = It cannot go by { $value }.
file-types-by = { $channel } carries only { $value }.
file-size-by = { $channel } carries at most { $most }.
