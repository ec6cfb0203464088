using CustomerService.Surveys.FollowUps.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.FollowUps;

/// <summary>How contact notes, suggestions and owed answers are kept and found.</summary>
internal static class FollowUpDocuments
{
    public static DocumentType<ContactNote> Notes { get; } =
        DocumentType
            .Of<ContactNote>("contact-note", "contact_notes")
            .Unique(n => n.Number)
            .Index(n => n.Department, n => n.State)
            .Index(n => n.State);

    public static DocumentType<Suggestion> Suggestions { get; } =
        DocumentType
            .Of<Suggestion>("suggestion", "suggestions")
            .Index(s => s.ReceivedOn)
            .Index(s => s.CustomerId)
            .Index(s => s.State)
            .Index(s => s.Product);

    public static DocumentType<OwedAnswer> OwedAnswers { get; } =
        DocumentType
            .Of<OwedAnswer>("owed-answer", "owed_answers")
            .Unique(o => o.ResponseId)
            .Index(o => o.CustomerId)
            .Index(o => o.State);
}
