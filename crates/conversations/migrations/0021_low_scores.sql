-- Who was served badly, newest first: for whoever leads.
CREATE INDEX survey_low ON survey (scored_at, id) WHERE score <= 2;
