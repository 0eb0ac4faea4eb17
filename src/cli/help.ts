export const commandNames = [
  'synth',
  'profile',
  'generate',
  'evaluate',
  'inspect',
  'verify',
  'decrypt',
  'store',
  'devices',
  'dicom',
  'deid',
] as const;
export type CommandName = (typeof commandNames)[number];

export const generalHelp = `Semblance makes synthetic tables out of private ones, on this machine, without a network.

Usage
  semblance <command> [options]

Commands
  synth      Learn from a table and write synthetic rows
  profile    Show what is in a table
  generate   Write more rows from a saved model
  evaluate   Score a synthetic table against real rows
  inspect    Show what a saved model is made of
  verify     Check files against their signed manifest
  decrypt    Open an encrypted file
  store      List, erase, back up and restore what is stored
  devices    Show what can be computed on, and try it
  dicom      Show what is in DICOM files, and whether they are sound
  deid       De-identify DICOM files

Options for every command
  --json       One JSON object on standard output; progress as JSON lines on standard error
  --memory S   Count on no more memory than this, such as 2GB (otherwise on what is free): of a table that takes
               more, some rows are drawn by lot
  --help, -h   This text, or that of a command: semblance synth --help
  --version    The version

Tables may be CSV or TSV, Parquet or JSON lines, plain or packed with gzip. They are only read, never changed.

Examples
  semblance profile clients.csv
  semblance synth clients.csv --rows 10000 --out synthetic.csv
  semblance synth clients.csv --rows 10000 --out synthetic.parquet --minutes 2 --model-out clients.semblance
  semblance generate clients.semblance --rows 1000000 --out many.csv

Exit codes
  0  done              3  the input cannot be used       5    training failed or the model cannot be used
  1  a fault in here   4  the output cannot be written   130  cancelled; nothing half-written stays behind
  2  wrong usage       6  the store or its backup cannot be opened
                       7  verify, dicom verify: not as it was written, or not signed by whom it should be;
                          deid: some files were withheld
`;

const constraintHelp = `Conditions
  COLUMN = VALUE (also !=, <, <=, >, >=), COLUMN between A and B, COLUMN in (A, B, …), COLUMN is null, joined by
  and, or, not and brackets. Names and values with blanks or signs stand in quotes; a date is written 2020-01-31.
  Every row written satisfies the condition. One that no row can satisfy is refused with the reason; of a rare one
  the progress line says how long it takes.

Rules
  start <= end · total = net + tax · postcode determines town · combinations of country, currency ·
  rating in (1, 2, 5) · missing together: street, house · any condition. In a file, one a line after “- ”.
`;

const personalHelp = `Personal data
  Columns that hold names, addresses, numbers of people and the like are found by their names and contents. What
  names people is never learned: it is written with made-up values of the same shape (“made up”), with fresh
  numbers (“made anew”) or left out. What names nobody alone (age, sex, postcode, dates) is learned unless you say
  otherwise:
  --personal C=KIND What C holds as you know better: KIND as profile --json names it, other-identifier,
                    other-attribute (others may know it), or none
  --defaults D      hipaa: what Safe Harbor asks for (years for dates, three digits for ZIP codes, ages to 90);
                    gdpr: months for dates, bands of five years for ages, areas for postcodes
  --fake C[=KIND]   Write made-up values of the kind found, or of KIND
  --generalise C=HOW  HOW is bands:5, bands:5:90, top:90, round:1, zip3, area, month, quarter, year, year:1936
                    (none before) or network
  --keep C,C        Learn these as they are, whatever was found in them. Nothing else lets a column that names
                    people be learned
  --quasi C,C       Columns others may know of a person: how identifiable rows are by them, before and after
  --sensitive C,C   Columns nobody should be able to tell of a person, beside --quasi
`;

const storeHelp = `Store
  --store DIR             Keep it in the encrypted store in DIR as well, which is made when there is none. Without
                          this nothing is kept. The app's own is the folder “engine” of its data folder; close the app
  --passphrase-file F     First line: the passphrase or recovery key. Otherwise it is asked for, unseen
  --passphrase-fd N       The same from an open file descriptor
  --recovery-key-out F    Where the recovery key of a new store goes, when nobody is there to write it down
`;

const exportHelp = `  --encrypt-to R    Encrypt what is written, but for the manifest, for the owner of this age key (age1…);
                    may be given several times. The names of encrypted files end in .age
  --encrypt-passphrase-file F
                    Encrypt with the passphrase in the first line of F instead
  --signing-key F   Sign the manifest with this Ed25519 key (PEM); it is not signed otherwise
  --delimiter D     Between the fields of CSV: comma, semicolon, tab or pipe (otherwise as in the source, and
                    a tab where OUT ends in .tsv). CSV is always UTF-8
  --mix SHARE --i-may-use-real-rows
                    Take this share of the rows (0.2 or 20%) from the real table, each marked by “false” in the
                    column “synthetic”. Only with the right to pass real rows on: nothing protects them.
                    Columns are treated in them as in the synthetic ones; where names and numbers are made up, the
                    same person becomes the same made-up person
  --key-file K      What these made-up people hang on: with the same key they are the same in other tables and later
                    files. Made where there is none, for you alone to read; without it a key is used once
  --dry-run         Say what would be written, and write nothing
`;

export const commandHelp: Readonly<Record<CommandName, string>> = {
  synth: `Learn from a table and write synthetic rows.

Usage
  semblance synth IN --rows N --out OUT [options]

  IN                The table to learn from
  --rows N          Rows to write, any number
  --out OUT         File to write: .csv, .tsv, .parquet, .jsonl or .sqlite; its card goes to OUT.card.json
                    and a manifest of both to OUT.manifest.json

Options
  --minutes M       Time limit for learning (default 5); it ends sooner when nothing improves any more
  --seed S          Start of all randomness (default 1); same seed, same table, same machine: same rows,
                    as long as learning ends by itself and not by the clock
  --learn-rows N    Learn from at most N rows of the table, drawn by lot with the seed (otherwise from as many as
                    memory takes, 10 million at most)
  --device D        Learn on cpu, webgpu, dml, cuda or tensorflow (otherwise on the fastest found that computes what
                    the CPU computes: a few steps are tried first). Same rows for the same seed on the same device only
  --drop C,C        Columns to leave out
  --target C        Column to predict in the usefulness score (otherwise chosen)
  --model-out F     Also save the model, to generate from later
  --report R        Also save a report: a page to be read where R ends in .html, else profile, card and scores
                    as JSON. Neither holds a smallest, largest or frequent value of the table
  --where EXPR      Write only rows that satisfy a condition: see below
  --rules R         Rules that every row keeps: a YAML or JSON file with a list of them, or auto for all that are
                    found in the table (profile lists them). The model saved keeps them too
  --anew            With --store: begin from the beginning where an earlier run of the same command was ended
${exportHelp}  --force           Replace files that exist

${personalHelp}
With --store, learning is kept as it goes. Whatever ends it costs one epoch at most: the same command goes on from
there and says so, and so does the app (with --anew it begins from the beginning). On a processor, the rows are those
of a run that nobody ended.

A fifth of the rows is set aside and never learned from: half of it tells which state of the model to keep, the
other half scores the result (with fewer than 400 rows aside, all do both). A generated row that equals a row
learned from is replaced by another, unless five or more of the rows learned from are that very row: a combination
so common is nobody's in particular. The summary and the card count both.

${constraintHelp}
${storeHelp}
Examples
  semblance synth clients.csv --rows 10000 --out synthetic.csv
  semblance synth visits.parquet --rows 500000 --out synthetic.parquet --minutes 10 --drop name,remarks
  semblance synth clients.csv --rows 10000 --out s.csv --model-out clients.semblance --report report.json --json
`,
  profile: `Show what is in a table: the kind of each column, missing and distinct values, ranges, problems.

Usage
  semblance profile IN [options]

Options
  --show C,C        A few values of these columns. Without it no value of a column that names people is shown

${personalHelp}
${storeHelp}
Examples
  semblance profile clients.csv
  semblance profile patients.csv --quasi age,sex,zip --sensitive diagnosis --defaults hipaa
  semblance profile measurements.jsonl.gz --json | jq '.profile.columns[].kind'
  semblance profile clients.csv --store ~/semblance
`,
  generate: `Write rows from a saved model.

Usage
  semblance generate MODEL --rows N --out OUT [options]

  MODEL             A model saved by synth --model-out or exported by the app; with --store, the name or id
                    of a project
  --rows N          Rows to write, any number
  --out OUT         File to write: .csv, .tsv, .parquet, .jsonl or .sqlite; its card goes to OUT.card.json
                    and a manifest of both to OUT.manifest.json

Options
  --seed S          Start of all randomness (default 1); another seed gives other rows
  --source TRAIN    The table the model learned from: generated rows equal to one of its rows are replaced,
                    but for combinations that five or more of its rows share.
                    A model file holds no trace of single rows, so without this they cannot be recognised
  --report R        Also save a report beside OUT: a page to be read where R ends in .html, else JSON
  --where EXPR      Write only rows that satisfy a condition: see below
  --rules R         A file of rules that every row keeps, in place of the model's own; none: without any
  --keep C,C        Write these columns of an older model, which name people and were learned as they are
${exportHelp}  --force           Replace files that exist

${constraintHelp}
${storeHelp}
Examples
  semblance generate clients.semblance --rows 1000000 --out many.parquet
  semblance generate clients.semblance --rows 5000 --out more.csv --seed 2 --source clients.csv
  semblance generate clients.semblance --rows 500 --out some.csv --where 'income = ">50K" and age between 60 and 70'
`,
  inspect: `Show what a saved model is made of: its layers, parameters, versions and size.

Usage
  semblance inspect MODEL [options]

  MODEL             A model saved by synth --model-out or exported by the app

Options
  --onnx OUT        Save its generator as an ONNX file, to look at with Netron or to run in another program
  --force           Replace a file that exists

Nothing in the file is run. A model of a newer Semblance is refused.

Examples
  semblance inspect clients.semblance
  semblance inspect clients.semblance --onnx clients.onnx
  semblance inspect clients.semblance --json | jq '.model.layers[].column'
`,
  verify: `Check files against the manifest that was written with them.

Usage
  semblance verify MANIFEST [options]

  MANIFEST          The file that ends in .manifest.json; the files it lists lie beside it

Options
  --signed-by F     Fingerprint of the key that has to have signed: without it any valid signature will do,
                    and so will none

Ends with 0 when every file is as it was written and the signature holds, with 7 when not. Encrypted files are
checked as they are; nothing is opened.

Example
  semblance verify synthetic.csv.manifest.json --signed-by 3F2A-91BC-0D4E-77A0-5C1B-E2F4-8890-1234
`,
  decrypt: `Open a file encrypted in the age format. The program age opens it as well.

Usage
  semblance decrypt FILE --out OUT (--identity KEYS | --passphrase-file F) [options]

  FILE              The encrypted file
  --out OUT         File to write

Options
  --identity KEYS   File of secret keys (AGE-SECRET-KEY-1…), as age-keygen writes it
  --passphrase-file F
                    File whose first line is the passphrase
  --force           Replace a file that exists

Example
  semblance decrypt synthetic.csv.age --out synthetic.csv --identity key.txt
`,
  evaluate: `Score a synthetic table against real rows.

Usage
  semblance evaluate --train A --holdout B --synthetic C [options]

  --train A         The rows the generator learned from
  --holdout B       Real rows it has never seen
  --synthetic C     The rows it made, by whatever program

Options
  --target C        Column to predict in the usefulness score (otherwise chosen)
  --drop C,C        Columns to leave out
  --seed S          Start of sampling and folds (default 1)
  --report R        Also save the scores, and what was found odd about the tables: a page to be read where R
                    ends in .html, else JSON
  --force           Replace a report that exists

The kinds of columns are found in A and hold for all three; the tables must have the same columns.

Example
  semblance evaluate --train train.csv --holdout holdout.csv --synthetic synthetic.csv --target income
`,
  store: `List, erase, back up and restore what an encrypted store holds.

Usage
  semblance store create --store DIR [--recovery-key-out F]
  semblance store list --store DIR
  semblance store erase KIND ID --store DIR
  semblance store erase everything --store DIR
  semblance store backup FILE --store DIR
  semblance store restore FILE --store DIR
  semblance store passphrase --store DIR

  KIND ID           As “store list” shows them, e.g. project 3f0c…

Options
  --store DIR             The folder of the store
  --passphrase-file F     First line: the passphrase or recovery key. Otherwise it is asked for, unseen
  --passphrase-fd N       The same from an open file descriptor
  --recovery-key-out F    Where the recovery key of a new store goes, when nobody is there to write it down
  --force                 erase: do not ask. backup: replace FILE. restore: set a store that is there aside

What is erased is overwritten and cannot be brought back. A backup is one file, encrypted as the store is; it opens
with the passphrase the store had, or its recovery key. Restoring never deletes the store that is there: it is moved to
a folder set-aside-… beside the new one.

Examples
  semblance store list --store ~/semblance
  semblance store backup monday.semblance-backup --store ~/semblance
  semblance store restore monday.semblance-backup --store ~/semblance --passphrase-file key.txt --force
`,
  devices: `Show what can be computed on, and try it.

Usage
  semblance devices [--test] [--device D]

Options
  --test            Take a few steps of a model on every device found, each in a process of its own; compare them with
                    the CPU, take the time, and say which one a training would choose and why
  --device D        Try them as a training with this --device would

On Windows graphics cards are reached through WebGPU (webgpu) and DirectML (dml), on macOS through WebGPU, on Linux
through WebGPU, which needs a Vulkan driver and its loader, CUDA (cuda), whose libraries are installed apart, and
TensorFlow's own library (tensorflow), which npm run setup:cuda installs.

Examples
  semblance devices
  semblance devices --test --json
`,
  dicom: `Show what is in DICOM files, and whether they are sound. Files are only read, never changed.

Usage
  semblance dicom index PATH… [--studies]
  semblance dicom show FILE [--tag T]
  semblance dicom verify PATH…
  semblance dicom profile [--profile P] [--option NAME]… [--out F]

  PATH              Files, folders, zip files or DICOMDIRs, any number of them
  index             Counts patients, studies, series and files, and says why a file is in none of them
  show              The elements of a file with their values
  verify            Reads every file to its end and says what is not as the standard asks for. Ends with 0 when
                    nothing is amiss, with 7 when something is
  profile           What a profile of de-identification does otherwise than the standard; --out saves it as YAML, to be
                    edited and given to deid --profile

Options
  --studies         index: also a line for each study, with its Patient ID. Without it no value of a patient is shown
  --tag T           show: only elements whose tag or name contains T, such as 0010,0010 or "patient"

Examples
  semblance dicom index ~/scans
  semblance dicom index scans.zip --json | jq '.quarantine'
  semblance dicom show scan.dcm --tag "study"
  semblance dicom verify ~/scans
  semblance dicom profile --option clean-descriptors --out ours.yaml
`,
  deid: `De-identify DICOM files by the confidentiality profile of the standard (PS3.15 Annex E).

Usage
  semblance deid IN… OUT [options]

  IN                Files, folders, zip files or DICOMDIRs, any number of them. They are only read, never changed
  OUT               A folder, or a file that ends in .zip for an archive; encrypted, .zip.age. With the files goes a
                    manifest.json with the hash of each

Options
  --profile P       basic (otherwise), or a YAML file as “semblance dicom profile” writes it
  --option NAME     An option of the standard; may be given several times: clean-pixel-data,
                    clean-recognizable-visual-features, clean-graphics, clean-structured-content, clean-descriptors,
                    retain-long-full-dates, retain-long-modified-dates, retain-patient-characteristics,
                    retain-device-identity, retain-uids, retain-safe-private, retain-institution-identity
  --key-file K      The secret that new IDs, UIDs and dates hang on: with the same key they are the same in later
                    runs. Made where there is none, for you alone to read; without it a key is used once
  --store DIR       Take the secret of a project in the encrypted store in DIR instead, as the window does: its project
                    of the same IN, which is made where there is none, or that of --project. Such as the app's own, the
                    folder “engine” of its data folder; close the app
  --project P       The name or id of a project of DICOM files in the store
  --passphrase-file F, --passphrase-fd N, --recovery-key-out F
                    How the store is opened, or made: see semblance synth --help
  --map F           Also save which patients and UIDs became which: F.patients.csv and F.uids.csv, with the columns
                    id_old,id_new. Whoever has them can undo the de-identification: keep them apart, or encrypt them
  --changes F       Also save every change, file by file, with the values before and after, as CSV. It names patients
  --template T      Names below OUT (otherwise {patient}/{study}/{series}/{instance}.dcm); also {modality}, {number}
  --review-dir D    With clean-pixel-data: first write pictures of every device with the text that was found framed,
                    and regions.json, into D, and stop, so that you can look and change it; the same command once
                    more then masks what regions.json says. Without it, what is found is masked at once
  --dicomdir        Names for media (DICOM/P…/T…/S…/I…), and a DICOMDIR of them
  --encrypt-to R    Encrypt archive, map and changes for the owner of this age key (age1…); several times for several
  --encrypt-passphrase-file F
                    Encrypt them with the passphrase in the first line of F instead
  --dry-run         Say what would change, attribute by attribute, and write nothing but --map and --changes
  --force           Replace files that exist with another content

What is written is read again, and no value that named anybody in the source may stand anywhere in it: a file in which
one does is withheld, and so is one that cannot be read. The command then ends with 7, and the rest is written. A run
that was cut off goes on where it was, when it is given again with the same key file or store.

Examples
  semblance deid ~/scans ~/clean --key-file study.key
  semblance deid ~/scans ~/clean --option clean-descriptors --option retain-long-modified-dates --key-file study.key
  semblance deid ~/scans clean.zip.age --encrypt-to age1… --map map --key-file study.key
  semblance deid ~/scans ~/clean --dry-run
`,
};
