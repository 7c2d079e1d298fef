-- Why a settled step was recorded again, and the rule on which a step was left out.

ALTER TABLE step_entry ADD COLUMN again_reason TEXT NOT NULL DEFAULT '';

-- The facts (JSON) of the rule that held, whatever the words; NULL where no rule did, or none was kept.
ALTER TABLE step_entry ADD COLUMN ruled_by TEXT;
