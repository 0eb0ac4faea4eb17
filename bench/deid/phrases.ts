/**
 * Free text as it stands in files, with what must stay in square brackets and what must go in braces; the rest is of no
 * matter. Written from what devices and people write, before any of it was tried.
 */

export interface Phrases {
  readonly series: Readonly<Record<string, readonly string[]>>;
  readonly studies: readonly string[];
  readonly alerts: readonly string[];
  readonly histories: readonly string[];
  readonly comments: readonly string[];
  readonly diagnoses: readonly string[];
  readonly reports: readonly string[];
  readonly devices: readonly string[];
}

/** Names of protocols and series, by modality; most name nobody. */
const series: Phrases['series'] = {
  CT: [
    '[CHEST W CONTRAST 1.25mm LUNG]',
    '[Abd/Pel 5.0 B30f]',
    '[HEAD W/O] {name}',
    '[CTA NECK ARTERIAL PHASE 0.625]',
    '[Thorax Routine] {date}',
    '[SINUS CORONAL BONE] {mrn}',
    '[RENAL STONE PROTOCOL LOW DOSE]',
    '[Topogram 0.6 T20f]',
    '[LIVER TRIPLE PHASE PORTAL VENOUS]',
    '[C-SPINE SAG REFORMAT] Dr {doctor}',
    '[HRCT EXPIRATORY PRONE] {mrn}',
    '[CORONARY CTA 75% BESTDIAST]',
    '[AORTA DISSECTION GATED] {name} {birth}',
    '[DOSE REPORT]',
  ],
  MR: [
    '[t2_tse_tra_p2_320]',
    '[AX T2 FLAIR FS]',
    '[SAG T1 MPRAGE 3D] {name}',
    '[ep2d_diff_b1000_ADC]',
    '[KNEE LT PD FS COR] {mrn}',
    '[MRCP 3D HASTE]',
    '[BRAIN W/WO GAD] {date}',
    '[t1_vibe_fs_cor_post]',
    '[LUMBAR SPINE T2 SAG] for {name}',
    '[PROSTATE DWI B800 B1400]',
    '[SWI mIP images]',
    '[CARDIAC CINE 4CH TRUFISP]',
    '[TOF MRA COW] {doctor}',
    '[BREAST DYNAMIC SUBTRACTION 2] {acc}',
  ],
  US: [
    '[THYROID LEFT LOBE TRANS]',
    '[RUQ ABDOMEN COMPLETE] {name}',
    '[OB 2nd trimester ANATOMY]',
    '[CAROTID DUPLEX BILATERAL]',
    '[ECHO APICAL 4 CHAMBER] {birth}',
    '[RENAL DOPPLER RT KIDNEY] {operator}',
    '[BREAST LEFT 3 OCLOCK 2CM FN]',
    '[SCROTUM COLOR FLOW]',
    '[LE VENOUS DOPPLER DVT] {mrn}',
  ],
  default: [
    '[CHEST PA AND LATERAL]',
    '[L MLO]',
    '[R CC TOMO]',
    '[HAND 3 VIEWS RIGHT] {name}',
    '[PORTABLE AP SUPINE] {date}',
    '[Fluoroscopy Upper GI Barium] {mrn}',
    '[LAO 30 CRAN 20 LEFT CORONARY]',
    '[WHOLE BODY FDG CTAC]',
    '[BONE SCAN DELAYED ANT POST]',
    '[ABDOMEN KUB UPRIGHT]',
    '[PELVIS AP] {name} {phone}',
    '[TOTAL SPINE SCOLIOSIS STANDING]',
    '[MYOCARDIAL PERFUSION STRESS REST]',
    '[RTPLAN prostate boost]',
    '[SCREENING MAMMOGRAM BILATERAL] {acc}',
    '[C-ARM LUMBAR FUSION L4-L5] Dr. {doctor}',
    '[Serie 3 axial thorax] {name}',
    '[ANKLE WEIGHTBEARING LT]',
    '[BARIUM SWALLOW LATERAL]',
  ],
};

/** Descriptions of studies and of what was asked for. */
const studies: Phrases['studies'] = [
  '[CT CHEST ABDOMEN PELVIS WITH CONTRAST]',
  '[MRI BRAIN WITHOUT AND WITH CONTRAST] - {name}',
  '[XR CHEST 2 VIEWS] {date}',
  '[US ABDOMEN LIMITED] ({mrn})',
  '[MAMMO SCREENING BILAT 3D]',
  '{name} [FOLLOW UP LUNG NODULE]',
  '[PET/CT SKULL BASE TO MID-THIGH]',
  '[Knee MRI left], ordered by Dr. {doctor}',
  '[CARDIAC CATH], {hospital}',
  '[NM BONE SCAN 3 PHASE] DOB {birth}',
  '[Whole spine MRI] tel {phone}',
  '[HEAD CT STAT trauma] {name}, {birth}',
  '[Radiotherapy planning prostate] MRN {mrn}',
  '[CT angiography runoff] c/o {stranger}',
  '{acc} [ABDOMEN SUPINE AND UPRIGHT]',
  '[research protocol baseline week 12] {id}',
  '[Fetal MRI 28 weeks] {name}',
  '[CT-guided biopsy right kidney] {date}',
  '[IRM cerebral] pour {name}',
  '[CT Schädel nativ] Fr. {name}',
];

const alerts: Phrases['alerts'] = [
  '[Penicillin allergy]',
  '[Latex allergy], call {phone}',
  '[Pacemaker in situ] - implanted {date} at {otherhospital}',
  '[Allergic to iodine contrast]; daughter {stranger} ({phone})',
  '[Diabetic on metformin, renal impairment]',
  '[MRSA positive] {date}',
  '[Cochlear implant, MR unsafe] ask Dr {stranger}',
  '[Asthma, previous reaction to gadolinium] see {acc}',
  '[Fall risk] room, contact {name}',
  '[Claustrophobic, needs sedation] mother {mother}',
  '[Severe shellfish allergy] {email}',
];

const histories: Phrases['histories'] = [
  '[History of breast cancer], lumpectomy {date} by Dr. {stranger}',
  'Mr {name} [has chest pain and shortness of breath]',
  '{name}, born {birth}, [presents with acute abdominal pain]',
  '[Smoker 40 pack years, COPD, hypertension]',
  '[Right hip replacement] {date} at {otherhospital}',
  '[Type 2 diabetes]; lives at {street}, {city}',
  '[Headache for three weeks] per {doctor}',
  '[Prior stroke], SSN {ssn}',
  'Pt {mrn}: [rule out pulmonary embolism]',
  '[Rectal carcinoma after chemotherapy and radiation], seen {date}',
  '[Motor vehicle accident] {date}, [left shoulder pain]',
  '[Chronic kidney disease stage 3], GP {stranger} {phone}',
  '[Known aneurysm of the abdominal aorta 4.5 cm], last exam {date}',
  '[Pregnant, 20 weeks], partner {stranger}',
  '[Hepatitis C and cirrhosis], refer to {email}',
  'Patiente {name} [avec douleur thoracique]',
  '[Dyspnoe], Pat. {name} geb. {birth}',
  '[Fever and cough], daughter of {stranger}, [suspected pneumonia]',
  'Dr. Young asked; [lower back pain radiating to the left leg]',
];

const comments: Phrases['comments'] = [
  '[Motion artifact], repeat done by {operator}',
  '[Limited study due to body habitus]',
  '[Images sent to] {url}',
  '[Patient unable to hold breath] {name}',
  '[Compared with prior] from {date}',
  '[Good image quality]',
  'user {user} [reconstructed with thin slices]',
  'Call {phone} [with results]',
  '[Contrast extravasation left arm], Dr {stranger} informed',
  'ID {mrn} / {acc} [verified]',
  '[Outside images] from {otherhospital} {date}',
  '{name} {birth} {mrn}',
  '[Portable exam in intensive care]',
  'seen with {operator} and {stranger}',
];

const diagnoses: Phrases['diagnoses'] = [
  '[Chest pain]',
  '[Abdominal aortic aneurysm] {name}',
  '[Fracture of left femur] {date}',
  '[Pneumonia], admitted {date}',
  '[Malignant neoplasm of prostate] ({mrn})',
  '[Multiple sclerosis]',
  '[Suspected appendicitis] Dr. {stranger}',
];

const reports: Phrases['reports'] = [
  '[There is a 5 mm nodule in the right upper lobe]. Discussed with Dr. {stranger} on {date}.',
  '[No acute intracranial hemorrhage]. {name} will be contacted at {phone}.',
  '[Impression: mild degenerative changes of the lumbar spine].',
  'Dictated by {doctor}, {date}. [Stable postoperative appearance].',
  '{name} ({birth}): [normal cardiac silhouette and clear lungs].',
  '[The liver is enlarged with fatty infiltration]. Compared with the study of {date} at {otherhospital}.',
  '[Recommendation: follow up CT in 6 months]. cc {email}',
  '[BI-RADS category 2 benign finding]. Patient {mrn} informed.',
];

const devices: Phrases['devices'] = ['{hospital} CT scanner 2', '{user}', '{otherhospital} MR1'];

export const phrases: Phrases = { series, studies, alerts, histories, comments, diagnoses, reports, devices };
