# Why two persons may be one
alike-exact = { $value }: the same
alike-close = { $value }: nearly the same
alike-similar = { $value }: alike
alike-partial = { $value }: the same in part
alike-alias = { $value }: a short form or an initial
alike-swapped = { $value }: in another place
alike-different = { $value }: different
same-none = All clear
same-none-text = No pair waits for an answer. Those that look alike without being certain appear here.
same-about-learnt = From { $join } % certainty they are joined without asking; from { $ask } % you are asked here. Learnt from { $profiles } profiles on { $date }.
same-about-prior = From { $join } % certainty they are joined without asking; from { $ask } % you are asked here. With few profiles, what holds for people in general is used.
join-by-staff = The team says so
