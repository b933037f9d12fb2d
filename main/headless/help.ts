export const HELP = `Titipan: point of sale and consignment book.

  serve   [--port N] [--data DIR]          the till for a browser on this machine, until Ctrl+C
  call    NAME [JSON|-] [--as USERNAME]    one call to the engine, like a till's
          [--approved-by USERNAME] [--id UUID] [--approval TOKEN] [--blob FILE] [--data DIR]
  call    --list                           every name with kind, access, rejections, schema of the input
  verify  [FILE|FOLDER] [--data DIR]       every stored value against the journal, on a copy
  replay  [FILE|FOLDER] [--data DIR]       the journal run again in empty books, and every row compared
  backup  [--into DIR] [--data DIR]        a verified backup; default DATA/backups
  restore BACKUPFOLDER --data EMPTYDIR     a data folder out of a backup and the recovery code

From a clone: npm run -s call -- NAME … and the same for the other verbs.
DATA is --data DIR, else the folder that the till on this machine uses. Every verb asks the engine that runs there,
else opens the folder itself.

call takes JSON as an argument, or from standard input when it is "-" or absent; {} when that is empty.
--as signs in for this call and out after it: the PIN from TITIPAN_PIN, else the first line of standard input.
--approved-by lets a second person say yes to this very call: the PIN from TITIPAN_APPROVAL_PIN, else the next line.
--blob uploads FILE first and puts its SHA-256 into the input as "blob". --id repeats a command without doing it twice.
restore takes the recovery code from TITIPAN_RECOVERY_CODE, else the first line of standard input.

One JSON on stdout, everything else on stderr. Exit: 0 ok; 1 the engine said no, or a check found something;
2 wrong usage; 3 the engine or the keys could not be had, a fault, or no answer within 60 s.
`;
