"""Sentences of our own for the provisions about personal data: what each is about, and what only looks like it."""

SAID: dict[str, tuple[str, ...]] = {
    "data_collection": (
        "We collect your name and e-mail address when you open an account.",
        "Our servers automatically record the IP address of every visitor.",
        "Quillbox uses this information to repair faults and to plan new shelves.",
        "During checkout you are asked to enter your telephone number and postal address.",
        "The data is used only to work out how many people read a chapter.",
        "We do not store your search history.",
        "Quillbox may record information about the pages you read.",
        "We place cookies on your device to remember your shelf.",
    ),
    "third_party_sources": (
        "We may also receive information about you from data brokers.",
        "If you sign in through a social network, we obtain your profile information from it.",
        "Our partners may provide us with information about purchases made elsewhere.",
    ),
    "data_sharing": (
        "We may share your personal information with our affiliates.",
        "Your comments are visible to other members.",
        "We never disclose your reading list to advertisers.",
        "Certain third parties may collect data about your visits.",
        "We employ other companies to perform functions on our behalf.",
        "We and our advertising partners may use pixels on this page.",
        "We allow vendors to serve advertisements here.",
    ),
    "service_providers": (
        "Our service providers process the data only as we instruct them.",
        "We use third-party vendors to host the forum.",
        "A list of subprocessors is kept on this page.",
    ),
    "data_sale": (
        "We do not sell your personal information.",
        "We will never rent or trade your data.",
    ),
    "law_enforcement": (
        "We may disclose account records in response to a subpoena.",
        "Information is released to law enforcement only with a court order.",
        "We may report a crime to law enforcement officials.",
    ),
    "business_transfer": (
        "In the event of a merger or bankruptcy, user information may be transferred.",
        "If we sell our business, customer records go to the new owner.",
    ),
    "targeted_ads": (
        "We use your reading history to show you personalised advertising.",
        "Ads on this page are tailored to your interests.",
        "Retargeting lets us show you ads on other sites.",
    ),
    "cookies_tracking": (
        "We use cookies and pixel tags to remember your language.",
        "Our partners place web beacons in these e-mails.",
        "Like many sites, we rely on Google Analytics.",
    ),
    "do_not_track": (
        "We do not respond to Do Not Track signals.",
        "The Global Privacy Control is honoured in every browser.",
    ),
    "opt_out": (
        "You can opt out of our newsletter at any time.",
        "If you do not want to receive offers, tell us so in your settings.",
        "You may set your browser to refuse cookies.",
        "We will ask for your consent before we use a photograph.",
    ),
    "retention": (
        "We keep your records for twelve months after your last visit.",
        "Logs are deleted after thirty days.",
        "Your data is retained for as long as it is needed for these purposes.",
        "When you delete your account we erase all data about you.",
        "Copies may persist in backups.",
    ),
    "user_rights": (
        "You have the right to obtain a copy of your personal data.",
        "You can correct your profile information at any time.",
        "You may ask us to delete your personal information.",
        "You may request that we correct the record of your purchases.",
        "You can request copies of the personal data we hold about you.",
    ),
    "international_transfer": (
        "Your data may be transferred to countries outside the European Economic Area.",
        "We rely on standard contractual clauses.",
        "Information is processed in the United States and other countries.",
    ),
    "children": (
        "The service is not meant for children under 13.",
        "You must be at least 16 years old to register.",
    ),
    "biometric": ("The camera uses facial recognition to unlock the app.", "We do not keep voiceprints."),
    "location": (
        "The app may collect precise location data from your phone.",
        "GPS coordinates are sent with each photograph.",
    ),
    "sensitive_data": (
        "You may choose to tell us your ethnicity.",
        "The form asks about medical conditions that matter to your trainer.",
    ),
    "security": (
        "We take reasonable measures to protect your personal information.",
        "All connections are encrypted.",
        "No method of transmission over the internet is completely secure.",
        "We have implemented reasonable security practices.",
        "Only employees who need the data have access to it.",
    ),
    "breach_notice": (
        "If a data breach happens we will notify you within three days.",
        "In the event of a security incident you will be informed by e-mail.",
    ),
    "contact_dpo": (
        "If you have questions about this privacy policy, please contact us at hello@quillbox.example.com.",
        "Our data protection officer can be reached at dpo@quillbox.org.",
    ),
    "regional_rights": (
        "Your California privacy rights are described below.",
        "We comply with the EU-U.S. Safe Harbor framework.",
    ),
    "legal_basis": (
        "The legal basis is your consent.",
        "We rely on our legitimate interests to keep the forum tidy.",
    ),
}

NEAR: dict[str, tuple[str, ...]] = {
    "data_collection": (
        "This privacy policy describes how we collect and use information.",
        "You may not collect the e-mail addresses of other members.",
        "The library is open on weekdays.",
        "We explain the ways in which we use information below.",
    ),
    "third_party_sources": ("We may share your data with third parties.", "Third parties pay for their own visits."),
    "data_sharing": (
        "Do not share your password with anyone.",
        "This statement explains how we share information.",
    ),
    "service_providers": ("We are not responsible for the acts of third-party providers.",),
    "data_sale": ("You may not sell your account.", "All sales are final and prices may change."),
    "law_enforcement": ("These terms are governed by the law of Norway.",),
    "business_transfer": ("You may not assign this agreement.",),
    "targeted_ads": ("You may not advertise your shop in the forum.",),
    "cookies_tracking": ("The bakery opens at nine.",),
    "do_not_track": ("We do not follow every discussion.",),
    "opt_out": ("The fee is due each month.", "We may close your account."),
    "retention": ("Keep your password secret.", "We may remove content that breaks these rules."),
    "user_rights": ("We may change this policy at any time.", "We can delete posts that insult others."),
    "international_transfer": ("These terms are governed by the laws of the United States.",),
    "children": ("Parcels arrive within 14 days.",),
    "biometric": ("A device fingerprint is made from your browser settings.",),
    "location": ("The contract is void where prohibited.",),
    "sensitive_data": ("We write about gardens.",),
    "security": ("The service is provided as is, without warranty that it is secure or error-free.",),
    "breach_notice": ("You must notify us of any breach of these terms.",),
    "contact_dpo": ("We may use your e-mail address to answer you.",),
    "regional_rights": ("Disputes are heard by the courts of California.",),
    "legal_basis": ("The contract ends when you close your account.",),
}
