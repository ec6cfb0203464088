using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Records.Features;

/// <summary>A link that is set or removed.</summary>
public sealed record LinkRequest
{
    /// <summary>What the other record is to this one. The last three are those that the other end sees.</summary>
    public required LinkRelation? Relation { get; init; }

    /// <summary>Service of the other record: <c>projects</c>, <c>repairs</c>, <c>complaints</c> or
    /// <c>surveys</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Its kind, for example <c>repair-order</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The other record.</summary>
    public required Guid? Id { get; init; }

    /// <summary>Its number, where it has one; of a record of this service it is looked up.</summary>
    public string? Number { get; init; }

    internal LinkedPair ToPair(RecordRef own, RecordRef other) =>
        Relation switch
        {
            LinkRelation.Parent => new(own, LinkKind.Parent, other),
            LinkRelation.DuplicateOf => new(own, LinkKind.DuplicateOf, other),
            LinkRelation.CausedBy => new(own, LinkKind.CausedBy, other),
            LinkRelation.Child => new(other, LinkKind.Parent, own),
            LinkRelation.HasDuplicate => new(other, LinkKind.DuplicateOf, own),
            _ => new(other, LinkKind.CausedBy, own),
        };

    internal sealed class Validator : AbstractValidator<LinkRequest>
    {
        internal static readonly Dictionary<string, string[]> Kinds = new(StringComparer.Ordinal)
        {
            ["projects"] = ["project", "revisit", "plan-sheet"],
            ["repairs"] =
            [
                "repair-order",
                "rma",
                "rma-unit",
                "shipment",
                "return-case",
                "terms-edition",
                "charge-back",
                "trip",
                "monthly-report",
                "maker-claim",
            ],
            ["complaints"] =
            [
                "complaint",
                "capa",
                "action-item",
                "review-meeting",
                "enquiry",
                "knowledge-article",
                "affected-letter",
                "year-report",
            ],
            ["surveys"] =
            [
                "invitation",
                "response",
                "edition",
                "campaign",
                "sheet-batch",
                "contact-note",
                "suggestion",
                "owed-answer",
                "evaluation",
                "half-year-review",
                "assessment",
            ],
        };

        public Validator()
        {
            RuleFor(r => r.Relation).NotNull();
            RuleFor(r => r.Service).Must(Kinds.ContainsKey).WithErrorCode("unknown");
            RuleFor(r => r.Kind)
                .Must((r, kind) => Kinds.GetValueOrDefault(r.Service ?? "")?.Contains(kind) != false)
                .WithErrorCode("unknown");
            RuleFor(r => r.Id).NotEmpty();
            RuleFor(r => r.Number).OptionalCode(TextLength.Line);
        }
    }
}

/// <summary>A link of a record.</summary>
/// <param name="Relation">What the other record is to this one.</param>
/// <param name="Service">Service of the other record.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">The other record.</param>
/// <param name="Number">Its number, where it is known.</param>
/// <param name="By">Who linked them.</param>
/// <param name="At">When, UTC.</param>
public sealed record LinkView(
    LinkRelation Relation,
    string Service,
    string Kind,
    Guid Id,
    string? Number,
    string By,
    DateTimeOffset At
)
{
    internal static LinkView From(RecordLink link) =>
        new(link.Relation, link.OtherService, link.OtherKind, link.OtherId, link.OtherNumber, link.By, link.At);
}

/// <summary>The links of a record.</summary>
/// <param name="Items">In the order in which they were set, at most 500.</param>
public sealed record LinksView(IReadOnlyList<LinkView> Items);

/// <summary>Links of a record to others, in this service and elsewhere; for staff who see it.</summary>
internal sealed class RecordLinks(RecordKind kind)
{
    private const string Rule = "S2";

    public void Map(IEndpointRouteBuilder routes)
    {
        var path = $"/{kind.Collection}/{{id:guid}}";
        var example = new LinkRequest
        {
            Relation = LinkRelation.CausedBy,
            Service = "projects",
            Kind = "revisit",
            Id = Guid.Parse("01981f2e-7c00-7000-8000-000000000001"),
            Number = "GC-2024-018/HF-01",
        };
        routes
            .MapGet(path + "/links", List)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName($"List{kind.Word}Links")
            .WithSummary("The links of the record")
            .WithDescription("Rule S2. For staff. Both ends of a link have it, whichever service they are in.")
            .Produces<LinksView>();
        routes
            .MapPost(path + "/link", Link)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Link{kind.Word}")
            .WithSummary("Link the record to another one")
            .WithDescription(
                """
                Rule S2. The other end has the link as soon as its service heard of it. Nothing changes where they are
                linked. 400 `linked-to-itself`, `linked-record-unknown`: a record of this service that is not there.
                """
            )
            .WithExample(example)
            .Produces<LinksView>();
        routes
            .MapPost(path + "/unlink", Unlink)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Unlink{kind.Word}")
            .WithSummary("Remove a link, at either end")
            .WithDescription("Rule S2. Nothing changes where they are not linked.")
            .WithExample(example)
            .Produces<LinksView>();
    }

    private async Task<QueryResult> List(
        Guid id,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not null
            ? QueryResult.Of(View(await store.LinksAsync(id, cancellation)))
            : QueryResult.NotFound;

    private async Task<CommandResult> Link(
        Guid id,
        LinkRequest body,
        HttpContext http,
        IRecordStore store,
        Links links,
        RecordKinds kinds,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } own)
        {
            return CommandResult.NotFound();
        }

        var other = new RecordRef(body.Service, body.Kind, body.Id!.Value, body.Number);
        if (other.IsSameAs(own))
        {
            return Refusal.Invalid("linked-to-itself", Rule, "id");
        }

        if (other.Service == kind.Service)
        {
            if (
                kinds.Find(other.Kind) is not { } known
                || await known.FindAsync(http.RequestServices, caller, other.Id, cancellation) is not { } found
            )
            {
                return Refusal.Invalid("linked-record-unknown", Rule, "id");
            }

            other = found;
        }

        var pair = body.ToPair(own, other);
        var ends = await links.ChangeAsync(caller.Context(), pair, active: true, cancellation);
        return await AnswerAsync(store, own, pair, ends, cancellation);
    }

    private async Task<CommandResult> Unlink(
        Guid id,
        LinkRequest body,
        HttpContext http,
        IRecordStore store,
        Links links,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } own)
        {
            return CommandResult.NotFound();
        }

        var pair = body.ToPair(own, new RecordRef(body.Service, body.Kind, body.Id!.Value, body.Number));
        var ends = await links.ChangeAsync(caller.Context(), pair, active: false, cancellation);
        return await AnswerAsync(store, own, pair, ends, cancellation);
    }

    // The store has what was committed, the link in hand what will be.
    private static async Task<CommandResult> AnswerAsync(
        IRecordStore store,
        RecordRef own,
        LinkedPair pair,
        IReadOnlyList<RecordLink> ends,
        CancellationToken cancellation
    )
    {
        var key = RecordLink.IdOf(pair, own);
        var others = (await store.LinksAsync(own.Id, cancellation)).Where(l => l.Id != key);
        var changed = ends.Where(l => l.Id == key && l.Active);
        return CommandResult.Ok(View(others.Concat(changed).OrderBy(l => l.At).ThenBy(l => l.Id)));
    }

    private static LinksView View(IEnumerable<RecordLink> links) => new([.. links.Select(LinkView.From)]);
}
