using CustomerService.Records.Keeping;
using CustomerService.Surveys.Anonymous;
using CustomerService.Surveys.Campaigns.Domain;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Invitations.Domain;
using CustomerService.Surveys.Questionnaires.Domain;
using CustomerService.Surveys.Responses.Domain;
using CustomerService.Surveys.Reviews.Domain;
using CustomerService.Surveys.ServicePoints.Domain;

namespace CustomerService.Surveys;

/// <summary>What is kept and, after its day, erased (C8).</summary>
internal static class SurveysRetention
{
    public static IReadOnlyList<KeptKind> Kinds { get; } =
    [
        KeptKind.Of<Invitation>(_ => null).Department<Invitation>(invitation => invitation.Department),
        KeptKind.Of<Response>(_ => null).Department<Response>(response => response.Department),
        KeptKind.Of<Edition>(edition => edition.Number).InUse(EditionState.Published),
        KeptKind
            .Of<Campaign>(campaign => campaign.Number)
            .Department<Campaign>(campaign => campaign.Department)
            .With<AnswerBox>(box => box.CampaignId)
            .With<InterviewLink>(link => link.CampaignId),
        KeptKind.Of<SheetBatch>(batch => batch.Number).InUse(SheetBatchState.Printed),
        KeptKind.Of<ContactNote>(note => note.Number).Department<ContactNote>(note => note.Department),
        KeptKind.Of<Suggestion>(_ => null),
        KeptKind.Of<OwedAnswer>(_ => null),
        KeptKind.Of<Evaluation>(evaluation => evaluation.Key).Department<Evaluation>(one => one.Department),
        KeptKind.Of<HalfYearReview>(review => review.Number),
        KeptKind.Of<Assessment>(assessment => assessment.Number).Department<Assessment>(one => one.Department),
    ];
}
