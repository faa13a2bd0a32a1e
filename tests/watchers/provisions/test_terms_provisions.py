"""Terms on disputes, content, contract and AI: sentences that say it, near misses that do not, and how they stand."""

import pytest

from watchers.provisions.recogniser import recognise

SAYS = [
    ("ai_training", "We may use your prompts and conversations to train our models."),
    ("ai_training", "Your photos are never used to train generative AI without your consent."),
    ("ai_training", "You can opt out of the use of your posts for training our language models."),
    ("ai_training", "Our partners may use uploaded documents to fine-tune their AI models."),
    ("automated_decisions", "You have the right not to be subject to a decision based solely on automated processing."),
    ("ai_outputs", "Output may be inaccurate, and you should check it before you rely on it."),
    ("scraping_ban", "You must not scrape or crawl any page of the service by automated means."),
    ("recommender_transparency", "The order of posts in your feed is based on signals such as what you liked before."),
    ("content_licence", "You grant us a worldwide, royalty-free licence to host and show what you post."),
    ("content_licence", "You retain all ownership rights in your content."),
    ("feedback_licence", "We may use your feedback and suggestions without any obligation to pay you."),
    ("content_removal", "We reserve the right to remove any content at our sole discretion."),
    ("content_removal", "Enforcing rules: block or remove your posts where we find that they violate these terms."),
    ("ai_training", "This covers the development and training of statistical and machine learning models."),
    ("copyright_takedown", "Send notices of claimed infringement to our copyright agent."),
    ("prohibited_conduct", "You may not harass other users or post unlawful material."),
    ("content_monitoring", "Our staff may read your private messages to investigate abuse."),
    ("content_monitoring", "Messages are end-to-end encrypted."),
    ("content_monitoring", "Our reviewers and automated systems may consider signals to detect accounts like these."),
    ("fees_renewal", "By subscribing you authorize recurring monthly or yearly payments until you cancel."),
    ("arbitration", "Any dispute will be settled by binding arbitration."),
    ("class_waiver", "You waive the right to take part in a class action."),
    ("class_waiver", "Both of us give up a trial by jury."),
    ("governing_law", "These terms are governed by the laws of the Kingdom of Norway."),
    ("jurisdiction", "The courts of Oslo have exclusive jurisdiction."),
    ("liability_limit", "We are not liable for any indirect or consequential damages."),
    ("liability_limit", "Our total liability shall not exceed one hundred euros."),
    ("warranty_disclaimer", 'The service is provided "as is", without warranties of any kind.'),
    ("warranty_disclaimer", "We do not guarantee that the app will be free of errors."),
    ("indemnity", "You will indemnify and hold us harmless from claims of others."),
    ("claim_time_limit", "Any claim must be filed within one year after it arose."),
    ("unilateral_change", "We may amend these terms from time to time."),
    ("unilateral_change", "We may change our prices at any time."),
    ("change_notice", "We will notify you by e-mail thirty days before changes to these terms take effect."),
    ("acceptance_by_use", "By using the website you agree to be bound by these terms."),
    ("termination", "We may suspend or terminate your account at any time without notice."),
    ("service_change", "We may modify or discontinue any feature of the service."),
    ("user_exit", "You can delete your account at any time in the settings."),
    ("fees_renewal", "Your subscription renews automatically each month, and payments are non-refundable."),
    ("appeal_rights", "You may lodge a complaint with the supervisory authority."),
]

DOES_NOT_SAY = [
    ("ai_training", "The assistant uses artificial intelligence to answer your questions."),
    ("ai_training", "Calls may be recorded for the training of our staff."),
    ("ai_training", "You may not use our articles to train machine learning models."),
    ("ai_training", "We offer courses on how to train neural networks."),
    ("scraping_ban", "We use automated means to find spam."),
    ("content_licence", "We grant you a limited licence to use the software."),
    ("content_removal", "You can delete your posts whenever you like."),
    ("prohibited_conduct", "We will not sell your data."),
    ("governing_law", "We follow the law."),
    ("jurisdiction", "We may share data if a court of competent jurisdiction orders it."),
    ("liability_limit", "You are solely responsible for your password."),
    ("indemnity", "We will indemnify you against claims that our software infringes a patent."),
    ("claim_time_limit", "You can ask for a refund within one month."),
    ("unilateral_change", "You can change your profile at any time."),
    ("termination", "You may cancel your account at any time."),
    ("user_exit", "We may close your account if you break these rules."),
    ("service_change", "You can change the features of your profile in the app."),
    ("acceptance_by_use", "If you are using the same means of payment, nothing changes."),
]

STANCES = [
    ("ai_training", "We may use your posts to train our AI models.", "may"),
    ("ai_training", "We use your posts to train our AI models.", "does"),
    ("ai_training", "We do not use your posts to train our AI models.", "does_not"),
    ("ai_training", "You can choose whether your chats are used to train our models.", "offers_choice"),
    ("ai_training", "Our partners may use uploaded documents to fine-tune their AI models.", "third_party"),
    ("scraping_ban", "You must not scrape or crawl any page of the service.", "prohibits_reader"),
]


def found(sentence: str) -> set[str]:
    return {finding.provision for finding in recognise(sentence, doc_type="Terms of Service", language="en")}


@pytest.mark.parametrize(("provision", "sentence"), SAYS)
def test_it_says_so(provision: str, sentence: str) -> None:
    assert provision in found(sentence)


@pytest.mark.parametrize(("provision", "sentence"), DOES_NOT_SAY)
def test_a_near_miss_does_not(provision: str, sentence: str) -> None:
    assert provision not in found(sentence)


@pytest.mark.parametrize(("provision", "sentence", "stance"), STANCES)
def test_a_sentence_stands_somewhere(provision: str, sentence: str, stance: str) -> None:
    (finding,) = (one for one in recognise(sentence, doc_type="Terms of Service") if one.provision == provision)
    assert finding.stance == stance


@pytest.mark.parametrize(
    ("provision", "sentence", "language"),
    [
        ("liability_limit", "Wir haften nicht für entgangenen Gewinn.", "de"),
        ("prohibited_conduct", "Das Hochladen von Schadprogrammen ist untersagt.", "de"),
        ("user_exit", "Sie können Ihr Konto jederzeit löschen.", "de"),
        ("liability_limit", "Notre responsabilité est limitée aux dommages directs.", "fr"),
    ],
)
def test_the_most_frequent_wordings_are_known_in_other_languages(provision: str, sentence: str, language: str) -> None:
    assert provision in {one.provision for one in recognise(sentence, language=language)}
