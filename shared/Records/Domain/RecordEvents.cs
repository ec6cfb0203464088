using CustomerService.Contracts;
using CustomerService.Rules;
using Complaints = CustomerService.Contracts.Complaints.V1;
using Projects = CustomerService.Contracts.Projects.V1;
using Repairs = CustomerService.Contracts.Repairs.V1;
using Surveys = CustomerService.Contracts.Surveys.V1;

namespace CustomerService.Records;

/// <summary>What each service says of its records: the same under its own name.</summary>
internal static class RecordEvents
{
    public static IIntegrationEvent NoteAdded(RecordRef record, Note note, DateTimeOffset at) =>
        record.Service switch
        {
            "projects" => new Projects.NoteAdded(
                note.Id,
                note.Version,
                record.Kind,
                record.Id,
                record.Number,
                AuthorOf(record, note),
                note.People,
                note.Departments,
                at
            ),
            "repairs" => new Repairs.NoteAdded(
                note.Id,
                note.Version,
                record.Kind,
                record.Id,
                record.Number,
                AuthorOf(record, note),
                note.People,
                note.Departments,
                at
            ),
            "complaints" => new Complaints.NoteAdded(
                note.Id,
                note.Version,
                record.Kind,
                record.Id,
                record.Number,
                AuthorOf(record, note),
                note.People,
                note.Departments,
                at
            ),
            "surveys" => new Surveys.NoteAdded(
                note.Id,
                note.Version,
                record.Kind,
                record.Id,
                record.Number,
                AuthorOf(record, note),
                note.People,
                note.Departments,
                at
            ),
            var other => throw Unknown(other),
        };

    private static string AuthorOf(RecordRef record, Note note) =>
        record.Discretion == Discretion.None ? note.AuthorId : $"system:{record.Service}";

    public static IIntegrationEvent LinkChanged(string service, LinkedPair pair, bool active, long revision)
    {
        var (id, kind, from, to) = (pair.Id, pair.Kind.ToKebab(), pair.From, pair.To);
        return (service, active) switch
        {
            ("projects", true) => new Projects.RecordLinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            ("projects", false) => new Projects.RecordUnlinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            ("repairs", true) => new Repairs.RecordLinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            ("repairs", false) => new Repairs.RecordUnlinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            ("complaints", true) => new Complaints.RecordLinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            ("complaints", false) => new Complaints.RecordUnlinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            ("surveys", true) => new Surveys.RecordLinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            ("surveys", false) => new Surveys.RecordUnlinked(
                id,
                revision,
                kind,
                from.Service,
                from.Kind,
                from.Id,
                from.Number,
                to.Service,
                to.Kind,
                to.Id,
                to.Number
            ),
            var (other, _) => throw Unknown(other),
        };
    }

    private static InvalidOperationException Unknown(string service) =>
        new($"The service '{service}' has no events on its records; add them to shared/Contracts and here.");
}
