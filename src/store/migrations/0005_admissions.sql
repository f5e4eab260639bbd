-- Admissions are filed under their member, so that keys which a later one dropped are found. Of members admitted before, the
-- newest is: no case was signed with any older one.
UPDATE entries SET subject = (SELECT id FROM members WHERE members.idx = entries.idx)
  WHERE idx IN (SELECT idx FROM members);
