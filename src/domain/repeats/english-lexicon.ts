/** Words any request to a government may hold: its address, its manners, what is asked to be done, and how soon. */
export const PLAIN_ENGLISH = `
a an and or but of to in on at for from by with without against is are was were be been being it its this that these those the
there here we our us i my me you your they them their he she his her as if so not no do does did have has had will would can could
should must may might please because when where who whom whose what which how why while more most very all any some many much also
only than then now since again too both either each every other another such own same about after before between during through
under over into onto out off up down upon within across until per via etc one
petition petitions petitioner campaign ask call calls calling urge demand request appeal propose consider support debate discuss
require required requirement want need needed let help ensure enforce force act action take put get give given grant go
government governments govt gov parliament parliamentary mp mps house commons lords minister ministers state authorities council
uk britain british united kingdom gb england english national nationwide nationally country domestic
law laws legal legally legislation legislate bill rule regulation policy system scheme plan programme measure process provision
snap emergency immediate immediately urgent urgently soon today early earlier new newly current currently existing existed present proposed next
future further full fully proper properly fair fairer better good bad
people person public citizen everyone everybody anyone individual resident nation society
stop ban abolish scrap repeal remove end reject oppose cancel prevent halt outlaw prohibit withdraw revoke
make introduce introduction create bring back begin start instate reinstate re implement implementation build provide adopt add
fund allow legalise restore hold set establish install open include impose compulsory mandatory obligatory
change amend replace reform review revise alter update rethink reconsider
increase raise extend lower reduce cut decrease limit
save keep protect maintain retain defend preserve continue
mph kph mile miles pound pounds least maximum minimum rate amount level number year month week day time long use used part place way form thing issue case
nhs instead rather regarding concerning towards whole entire total completely entirely permanently personal able
`;

/** What is one thing in petitions; the first word stands for all. Endings do not matter. */
export const ENGLISH_SYNONYMS: readonly string[] = [
  'charge fee price cost fare tariff payment free',
  'lane path track way route',
  'penalty sentence sentencing punishment prison jail imprisonment',
  'capital death hanging execution',
  'paedophile pedophile molester',
  'child children kid minor',
  'car vehicle motorist driver automobile motor',
  'bicycle bike cycle cycling',
  'test screening exam examination check',
  'smear cervical',
  'school education pupil classroom',
  'university college tuition',
  'student undergraduate',
  'doctor gp physician',
  'hospital infirmary',
  'medicine medication drug medicinal medical',
  'cannabis marijuana weed',
  'illness disease condition syndrome disorder',
  'pensioner elderly oap',
  'pension retirement',
  'benefit welfare allowance',
  'wage salary pay earnings income',
  'job employment work',
  'rubbish waste litter refuse garbage bin',
  'immigrant migrant immigration migration',
  'refugee asylum',
  'eu european europe brexit',
  'leave exit quit',
  'referendum plebiscite',
  'election poll',
  'vote voting ballot',
  'politician mp',
  'pm premier',
  'army military troop soldier',
  'strike airstrike bomb bombing raid',
  'gun firearm',
  'police officer constable',
  'crime offence',
  'lie deceive mislead',
  'cruelty abuse mistreatment',
  'animal pet',
  'firework pyrotechnic',
  'sale sell selling',
  'housing house home dwelling',
  'rent letting',
  'road street highway',
  'motorway carriageway',
  'railway rail train',
  'bus coach',
  'airport airfield',
  'fracking fracturing',
  'tax duty levy vat',
  'alcohol liquor booze',
  'smoke smoking tobacco cigarette',
  'mobile phone telephone',
  'internet online web',
  'tree woodland forest',
  'holiday vacation',
  'queen monarch king royal',
  'women woman female',
  'men man male',
  'mother maternity mum',
  'father paternity dad',
];

/** Several words for one thing. Before words are parted. */
export const ENGLISH_PHRASES: readonly (readonly [phrase: RegExp, word: string])[] = [
  [/\bchild(?:ren)? (?:sex|sexual) (?:offender|abuser|predator)s?\b/gu, 'paedophile'],
  [/\b(?:children|people|those|anyone)? ?(?:aged )?under (?:the age of )?\d+(?:['’]?s)?\b/gu, 'child'],
  [/\bprime minister\b|\bp\.m\b\.?/gu, 'pm'],
  [/\bcervical cancer\b/gu, 'cervical'],
  [/\bhydraulic fracturing\b/gu, 'fracking'],
  [/\bair[ -]?strikes?\b/gu, 'airstrike'],
  [/\bmilitary action\b/gu, 'airstrike'],
  [/\beuropean union\b/gu, 'eu'],
  [
    /\b(?:in|against) (?:the|this|our|your)? ?(?:current|present|conservative|tory|labour)? ?government\b/gu,
    'cabinet',
  ],
  [/\b(?:life|prison|jail) sentences?\b/gu, 'sentence'],
  [/\bcar parks?\b|\bparking spaces?\b/gu, 'parking'],
  [/\bcar parking\b/gu, 'parking'],
  [/\bre-?run\b/gu, 'rerun'],
  [/\b(?:second|2nd|third|3rd|another|extra|additional) (?=runway|home|bridge|language)/gu, ''],
];
