using CustomerService.Messaging;

namespace CustomerService.Reporting.Facts;

/// <summary>Which facts are kept.</summary>
internal static class FactsModule
{
    public static void Consume(MessagingBuilder bus) =>
        bus.TrackAccounts()
            .Project<OrganisationFact>()
            .Project<ProjectFact>()
            .Project<RevisitFact>()
            .Project<RepairOrderFact>()
            .Project<ComplaintFact>()
            .Project<CapaFact>()
            .Project<InvitationFact>()
            .Project<ResponseFact>()
            .Project<RmaUnitFact>()
            .Project<ReturnFact>()
            .Project<ChargeBackFact>()
            .Project<ActionItemFact>()
            .Project<MeetingFact>()
            .Project<AssessmentFact>()
            .Project<EvaluationFact>()
            .Project<LetterFact>()
            .Project<TripFact>()
            .Project<MakerClaimFact>()
            .Project<WorkFact>();
}
