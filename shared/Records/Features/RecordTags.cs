using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Records.Features;

/// <summary>A tag that is set or removed.</summary>
/// <param name="Tag">Letters of any script, digits, hyphens; at most 40 characters. Capitals become small letters,
/// spaces hyphens, a leading # is dropped.</param>
public sealed record TagRequest(string Tag)
{
    internal sealed class Validator : AbstractValidator<TagRequest>
    {
        public Validator() =>
            RuleFor(r => r.Tag)
                .RequiredText(TextLength.Line)
                .Must(tag => Records.Tag.Normalised(tag) is not null)
                .WithErrorCode("tag");
    }
}

/// <summary>A tag of a record.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When, UTC.</param>
public sealed record TagView(string Tag, string By, DateTimeOffset At)
{
    internal static TagView From(Tag tag) => new(tag.Text, tag.By, tag.At);
}

/// <summary>The tags of a record.</summary>
/// <param name="Items">In the order in which they were set, at most 500.</param>
public sealed record TagsView(IReadOnlyList<TagView> Items)
{
    internal static TagsView From(IEnumerable<Tag> tags) => new([.. tags.Select(TagView.From)]);
}

/// <summary>Tags of a record; for staff who see it.</summary>
internal sealed class RecordTags(RecordKind kind)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var path = $"/{kind.Collection}/{{id:guid}}";
        routes
            .MapGet(path + "/tags", List)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName($"List{kind.Word}Tags")
            .WithSummary("The tags of the record")
            .WithDescription("Rule S2. For staff.")
            .Produces<TagsView>();
        routes
            .MapPost(path + "/tag", Set)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Tag{kind.Word}")
            .WithSummary("Tag the record")
            .WithDescription("Rule S2. Nothing changes where the tag is set; traditional and simplified are one tag.")
            .WithExample(new TagRequest("漏水"))
            .Produces<TagsView>();
        routes
            .MapPost(path + "/untag", Remove)
            .AsCommand()
            .ForRoles(Roles.Staff)
            .WithName($"Untag{kind.Word}")
            .WithSummary("Remove a tag")
            .WithDescription("Rule S2. Nothing changes where it is not set.")
            .WithExample(new TagRequest("漏水"))
            .Produces<TagsView>();
    }

    private async Task<QueryResult> List(
        Guid id,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not null
            ? QueryResult.Of(TagsView.From(await store.TagsAsync(id, cancellation)))
            : QueryResult.NotFound;

    private Task<CommandResult> Set(
        Guid id,
        TagRequest body,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, body, set: true, http, store, caller, cancellation);

    private Task<CommandResult> Remove(
        Guid id,
        TagRequest body,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    ) => ChangeAsync(id, body, set: false, http, store, caller, cancellation);

    private async Task<CommandResult> ChangeAsync(
        Guid id,
        TagRequest body,
        bool set,
        HttpContext http,
        IRecordStore store,
        Caller caller,
        CancellationToken cancellation
    )
    {
        if (await kind.FindAsync(http.RequestServices, caller, id, cancellation) is not { } record)
        {
            return CommandResult.NotFound();
        }

        var text = Tag.Normalised(body.Tag)!;
        var key = Tag.IdOf(id, text);
        var others = (await store.TagsAsync(id, cancellation)).Where(t => t.Id != key).ToList();
        var tag = await store.FindAsync<Tag>(key, cancellation);
        if (tag is null && set)
        {
            store.Add(tag = Tag.Of(record, text));
        }

        if (set)
        {
            tag!.Put(caller.Context());
        }
        else
        {
            tag?.Remove(caller.Context());
        }

        return CommandResult.Ok(
            TagsView.From(others.Concat(tag is { Active: true } ? [tag] : []).OrderBy(t => t.At).ThenBy(t => t.Id))
        );
    }
}
