/** An example for each command, shown below its help; docs/cli.md explains them. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  demo: ['demo --record recording'],
  init: ['init my-connector'],
  simulator: ['simulator --port 8443 --dir platform'],
  doctor: [
    'doctor --environment acceptance --keystore physician.p12 --password-env P12_PASSWORD',
    'doctor --config ehealth.json',
    'doctor --properties be.ehealth.technicalconnector.properties',
  ],
  explain: ['explain keystore.password', 'explain SOA-01001', 'explain keystore'],
  'keystore inspect': ['keystore inspect physician.p12 --password-env P12_PASSWORD'],
  identifier: ['identifier 0999.999.922'],
  'keystore tokens': ['keystore tokens --pkcs11 /usr/lib/softhsm/libsofthsm2.so'],
  token: [
    'token --config ehealth.json --pkcs11 libbeidpkcs11.so.0',
    'token --simulator platform --persona physician',
  ],
  'etk get': [
    'etk get --type NIHII-HOSPITAL --value 71997358 --out hospital.etk --simulator platform --persona physician',
  ],
  'etk inspect': ['etk inspect hospital.etk --trust root.pem --type NIHII-HOSPITAL --value 71997358'],
  'kgss new-key': [
    'kgss new-key --allow nurse any-pharmacy --out key.bin --simulator platform --persona physician',
  ],
  'kgss get-key': ['kgss get-key --message letter.cms --out key.bin --simulator platform --persona nurse'],
  seal: [
    'seal --keystore physician.p12 --password-env P12_PASSWORD --to nurse.etk --in letter.pdf --out letter.cms',
  ],
  unseal: [
    'unseal --keystore nurse.p12 --password-env P12_PASSWORD --trust trusted/ --revocation require --in letter.cms',
    'unseal --keystore nurse.p12 --password-env P12_PASSWORD --trust root.pem --in letter.cms --out letter.pdf',
  ],
  verify: [
    'verify --kind xml --trust roots.pem --tsa tsa.pem --signature answer.xades.xml --covers _b1 answer.xml',
    'verify --kind timestamp --tsa authority.pem --data letter.pdf letter.tst',
    'verify --kind envelope --policy saml-hok --sts sts.pem --trust root.pem --at 2026-01-15T12:00:10Z request.xml',
  ],
  'ehbox list': ['ehbox list --type DOCUMENT --since 2026-03-01 --simulator platform --persona nurse'],
  'ehbox read': ['ehbox read 5F3PCVS8CBTMJ --save letter --simulator platform --persona nurse'],
  'ehbox send': [
    "ehbox send --to NURSE:SSIN:84112399460 HOSPITAL:NIHII:71997358 --title 'Discharge letter' --body letter.txt --annex report.pdf --encrypt --simulator platform --persona physician",
  ],
  'ehbox info': ['ehbox info --simulator platform --persona nurse'],
  'ehbox move': ['ehbox move 5F3PCVS8CBTMJ --simulator platform --persona nurse'],
  'ehbox delete': ['ehbox delete 5F3PCVS8CBTMJ --simulator platform --persona nurse'],
  'ehbox ack': ['ehbox ack 7H2QDWT9DCUNK --simulator platform --persona physician'],
  'ehbox absence list': ['ehbox absence list --simulator platform --persona nurse'],
  'ehbox absence insert': [
    'ehbox absence insert --from 2026-07-01 --to 2026-07-15 --substitute DOCTOR:SSIN:79051299152 --simulator platform --persona nurse',
  ],
  'ehbox absence delete': ['ehbox absence delete 5F3PCVS8CBTMJ --simulator platform --persona nurse'],
  'ehbox watch': ['ehbox watch --cursor inbox.cursor --save inbox --simulator platform --persona nurse'],
  'addressbook search': [
    "addressbook search --simulator platform --persona physician --profession PHYSICIAN --last-name 'Voorbeeld*'",
  ],
  'addressbook show': [
    'addressbook show NIHII:71997358 --kind organisations --simulator platform --persona physician',
  ],
  'consent get': ['consent get --patient @patient.json --simulator platform --persona physician'],
  'consent declare': [
    'consent declare --patient @patient.json --ensure --simulator platform --persona physician',
  ],
  'consent revoke': ['consent revoke --patient @patient.json --simulator platform --persona physician'],
  'therlink list': [
    'therlink list --patient @patient.json --status all --simulator platform --persona physician',
  ],
  'therlink declare': ['therlink declare --patient @patient.json --simulator platform --persona physician'],
  'therlink revoke': [
    'therlink revoke --patient @patient.json --start-date 2026-03-02 --simulator platform --persona physician',
  ],
  'therlink has': ['therlink has --patient @patient.json --simulator platform --persona nurse'],
  'may-read': ['may-read --patient @patient.json --document sumehr --simulator platform --persona physician'],
  call: [
    'call contracts/EtkDepot-v1.wsdl --list',
    'call contracts/EtkDepot-v1.wsdl GetEtk --environment acceptance --data @criteria.json',
  ],
  'person get': ['person get @number.txt --simulator platform --persona physician'],
  'person search': [
    'person search --last-name Voorbeeld --birth-date 1985-00-00 --variation 2 --simulator platform --persona physician',
  ],
  'person history': ['person history @number.txt --simulator platform --persona physician'],
  'person create': [
    'person create --person @newborn.json --register --simulator platform --persona physician',
  ],
  'card verify': ['card verify --card @card.json --simulator platform --persona physician'],
  'member-data get': [
    'member-data get --patient 68052199235 --facet insurability --simulator platform --persona physician',
  ],
  'member-data batch': [
    'member-data batch --store november --in patients.tsv --once --simulator platform --persona physician',
  ],
  'timestamp stamp': ['timestamp stamp --config hospital.json --out letter.tst letter.pdf'],
  'timestamp verify': ['timestamp verify --tsa authority.pem --data letter.pdf letter.tst'],
  'timestamp consult': [
    'timestamp consult --config hospital.json --hospital tsa_0999000129_01 12345125888271@1709806500250',
  ],
  'timestamp serve': [
    'timestamp serve --archive archive.db --port 8080 --intake-token-env INTAKE_TOKEN --config hospital.json',
  ],
  'timestamp prove': ['timestamp prove prescription.xml --archive archive.db --tsa authorities.pem'],
  'timestamp audit': [
    'timestamp audit --archive archive.db --hospital tsa_0999000129_01 --config hospital.json',
  ],
  'timestamp export': ['timestamp export --archive archive.db --out export-2026 --to 2026-12-31T23:59:59Z'],
  completion: ['completion bash > ehealth.bash', 'completion fish | source'],
}
