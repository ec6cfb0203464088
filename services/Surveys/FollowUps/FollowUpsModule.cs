using CustomerService.Records;
using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.FollowUps.Features;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.FollowUps;

/// <summary>What becomes of the forms: contact notes, suggestions, answers owed (C5.8.1, C5.9).</summary>
internal static class FollowUpsModule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Follow-ups");
        IssueContactNote.Map(group);
        ReadContactNotes.Map(group);
        MoveContactNote.Map(group);
        Suggestions.Map(group);
        OwedAnswers.Map(group);
        group.MapRecords("contact-notes", nameof(ContactNote), DocumentRecordStore.Finds(StaffAccess.Of<ContactNote>));
        group.MapRecords("suggestions", nameof(Suggestion), DocumentRecordStore.Finds(StaffAccess.Of<Suggestion>));
        group.MapRecords("owed-answers", nameof(OwedAnswer), DocumentRecordStore.Finds(StaffAccess.Of<OwedAnswer>));
        group.MapAssignment<ContactNote, ContactNoteView>(
            "contact-notes",
            (n, caller, _) => ContactNoteView.From(n, caller)
        );
        group.MapAssignment<Suggestion, Suggestions.View>(
            "suggestions",
            (s, caller, _) => Suggestions.View.From(s, caller)
        );
        group.MapAssignment<OwedAnswer, OwedAnswers.View>(
            "owed-answers",
            (o, caller, _) => OwedAnswers.View.From(o, caller)
        );
    }
}
