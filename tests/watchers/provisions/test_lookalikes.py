"""Sentences with the words of a provision that are about something else: none of them may stand for it on a card."""

import pytest

from watchers.provisions.recogniser import recognise

LOOKALIKES = {
    "Privacy Policy": (
        ("content_licence", "If you grant this permission, the app can read the number of your telephone."),
        ("content_monitoring", "If you write to us by chat, we keep the text of any messages you send."),
        ("content_removal", "Either party can choose to clear the talk, and the apps will remove all messages."),
        ("international_transfer", "Members share their posts with people outside of Tern who use another service."),
        ("international_transfer", "We do not process payments and use payment providers around the world."),
        ("international_transfer", "Readers can share what you write with others outside your audience."),
        ("recommender_transparency", "The album puts your pictures chronologically into a book."),
        ("regional_rights", "If you are interested in working with us, write to our office."),
        ("security", "Your rights and freedoms may require protection of personal data."),
        ("targeted_ads", "You enter basic information to make a user profile."),
        ("automated_decisions", "Do not use the figures of a campaign for profiling to find another audience."),
        ("biometric", "Fingerprint 12AB 34CD 56EF 7890"),
        ("service_providers", "You meet people using third party services there."),
        ("ai_outputs", "What we learn may bring similar content to other people nearby."),
        ("data_collection", "Authorities that want to write to Tern can obtain the contact details from its office."),
        ("location", "This holds in cases where you are not logged in, too."),
        ("regional_rights", "If you are opted out of tailored advertising in your settings, you see fewer of them."),
        ("change_notice", "Your email address for logging in will be stored until it is changed."),
        ("data_collection", "If you have a question about how Tern uses your personal data, write to our officer."),
        ("regional_rights", "Korea has received adequacy certification from the European Commission."),
        ("opt_out", "If you collect data by a program, we may revoke our permission."),
        ("regional_rights", "The company that hosts our site stands at 12 California Street."),
        ("regional_rights", "Countries to which personal data is transferred: Japan, Canada and Switzerland."),
        (
            "ai_outputs",
            "With your consent we may call you with a voice that is generated using artificial intelligence "
            "by an auto-dialer.",
        ),
        ("data_collection", "Questions, complaints and requests regarding cookies should be addressed to our office."),
    ),
    "Terms of Service": (
        ("appeal_rights", "The commissioner is the exclusive supervisory authority for these transfers."),
        ("breach_notice", "If you believe your account has been compromised, report it to us."),
        ("breach_notice", "If you see something which breaches these rules, please report it."),
        ("change_notice", "After a cancellation we notify the bank of the modified payment under these terms."),
        ("copyright_takedown", "You may not remove or alter any copyright, trademark or other rights notice."),
        ("copyright_takedown", "If we believe that usernames infringe the rights of others, we change them."),
        ("fees_renewal", "The arbitration body may adjust its administrative fees."),
        ("feedback_licence", "Evidentiary submissions are confidential without any exception."),
        ("governing_law", "Tern Limited is a company registered under the laws of the Republic of Ireland."),
        ("opt_out", "The company may cancel such purchase agreements between members."),
        ("scraping_ban", "We regularly use automated tools and people to find prohibited posts."),
        ("content_removal", "Do not hide, remove or alter content credentials."),
        ("content_licence", "We look at the document to see whether the card belongs to you."),
        ("prohibited_conduct", "Without a ticket your request will not be looked at and you will not get a reply."),
        ("service_change", "We may request that you stop the use of our mark on the Tern platform."),
        (
            "unilateral_change",
            "We reserve the right to reject, restrict or modify any campaign that breaks this policy.",
        ),
        (
            "change_notice",
            "If somebody objects, Tern may procure the right for Customer to continue using the Services in "
            "accordance with this Agreement, or replace them.",
        ),
        ("data_sharing", "We answer a claim by a third party that your use of the data infringes its rights."),
        ("service_providers", "You can talk to models hosted by or on behalf of Tern."),
        ("user_exit", "Tern may remove features and suspend or terminate your access at any time."),
        ("cookies_tracking", "Do not use it to build artificial intelligence, models and similar technologies."),
        ("service_change", "We can remove any content or information you share on the service."),
        (
            "law_enforcement",
            "We can remove any content you share if it breaks our rules, or we are required to do so by law.",
        ),
        ("service_change", "Tern may use customer data for research or to enhance the functionality of its offer."),
        ("service_providers", "Please ask your mobile service provider what a message costs."),
        ("third_party_sources", "Services obtained via a third party are paid to that third party."),
    ),
    "Community Guidelines": (
        ("class_waiver", "Do not recruit people for class action lawsuits by pretending to be a newspaper."),
        ("ai_outputs", "Do not share AI-generated child sexual abuse material."),
        ("ai_training", "Such content may be shared for military training purposes or in the news."),
        ("opt_out", "We remove reporting on such a leak by newspapers of the state behind it."),
        ("service_change", "To prevent fraud on the platform which can harm people, we remove such posts."),
        ("law_enforcement", "We strive to protect freedom of opinion, privacy and safety when we apply these rules."),
        ("user_rights", "We will regularly review and update these guidelines in response to your feedback."),
        ("sensitive_data", "We share information on voting with members, whatever their political affiliation."),
        ("warranty_disclaimer", "They may tell stories that contain inaccuracies."),
    ),
}


@pytest.mark.parametrize(
    ("kind", "provision", "sentence"), [(kind, *one) for kind, told in LOOKALIKES.items() for one in told]
)
def test_words_alone_do_not_make_a_provision(kind: str, provision: str, sentence: str) -> None:
    assert provision not in {found.provision for found in recognise(sentence, doc_type=kind)}
