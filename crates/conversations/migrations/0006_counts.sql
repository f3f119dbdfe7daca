-- What happened each day on each channel, kept as it happens: a report reads days, never messages.
CREATE TABLE talk_day (
  day TEXT NOT NULL,
  channel TEXT NOT NULL,
  received INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  resolved INTEGER NOT NULL,
  answers INTEGER NOT NULL,
  answers_in_time INTEGER NOT NULL,
  answer_seconds INTEGER NOT NULL,
  first_answers INTEGER NOT NULL,
  first_answer_seconds INTEGER NOT NULL,
  resolution_seconds INTEGER NOT NULL,
  PRIMARY KEY (day, channel)
);
