using CustomerService.Rules;
using CustomerService.Testing;
using Added = CustomerService.Contracts.Repairs.V1.NoteAdded;

namespace CustomerService.Records.Tests;

public sealed class NoteTests
{
    private static readonly RecordRef Order = new("repairs", "repair-order", Guid.CreateVersion7(), "WX-2026-000001");
    private static readonly Actor Author = Someone.InQuality();

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_note_When_written_Then_the_event_has_its_mentions_and_not_its_text()
    {
        var person = Guid.CreateVersion7();

        var note = Note.Add(A.Context(Author), Order, new("內部機密", [person, person], ["quality"]));

        var told = note.PendingEvents.ShouldHaveSingleItem().ShouldBeOfType<Added>();
        (told.RecordId, told.RecordNumber, told.AuthorId).ShouldBe((Order.Id, Order.Number, Author.Id));
        told.People.ShouldBe([person]);
        told.ToString().ShouldNotContain("內部機密");
        note.PendingEntries.ShouldHaveSingleItem().Why.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [Trait("Rule", "S2")]
    public void Given_a_note_When_edited_by_its_author_Then_only_for_15_minutes(int minutes, bool taken)
    {
        var note = Written();

        var refusal = note.Edit(A.Context(Author, A.Moment.AddMinutes(minutes)), Order, new("新", [], []));

        (refusal?.Code).ShouldBe(taken ? null : "note-edit-time-over");
        note.Text.ShouldBe(taken ? "新" : "舊");
        note.Former.Select(f => f.Text).ShouldBe(taken ? ["舊"] : []);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_note_When_edited_Then_every_former_text_is_kept_and_only_new_mentions_are_told()
    {
        var note = Written();
        note.Edit(A.Context(Author), Order, new("二", [], [])).ShouldBeNull();
        note.PendingEvents.ShouldBeEmpty();
        note.Edit(A.Context(Author), Order, new("三", [Guid.CreateVersion7()], [])).ShouldBeNull();

        note.Former.Select(f => f.Text).ShouldBe(["舊", "二"]);
        note.PendingEvents.ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_note_When_somebody_else_edits_it_Then_refused_whatever_they_are()
    {
        var note = Written();

        foreach (var other in (Actor[])[Someone.InQuality("lee"), Someone.HeadOfQuality(), Someone.WithEveryRole()])
        {
            note.Edit(A.Context(other), Order, new("新", [], []))!.Code.ShouldBe("note-not-yours");
        }

        (note.Text, note.PendingEntries.Count).ShouldBe(("舊", 0));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Given_a_note_When_struck_Then_by_author_or_head_at_any_time_and_once()
    {
        var late = A.Moment.AddDays(400);
        Written().Strike(A.Context(Someone.InQuality("lee"), late), null)!.Code.ShouldBe("note-not-yours");
        Written().Strike(A.Context(Someone.HeadOf(), late), null).ShouldBeNull();
        Written().Strike(A.Context(Roles.Administrator, late), null).ShouldBeNull();
        var note = Written();
        note.Strike(A.Context(Author, late), "寫錯了").ShouldBeNull();

        (note.Text, note.StruckBy, note.StruckWhy, note.StruckAt).ShouldBe(("舊", Author.Name, "寫錯了", late));
        note.Strike(A.Context(Author, late), null)!.Code.ShouldBe("note-struck");
        note.Edit(A.Context(Author), Order, new("新", [], []))!.Code.ShouldBe("note-struck");
        note.AllowedActions(A.Context(Author)).ShouldBeEmpty();
    }

    private static Note Written()
    {
        var note = Note.Add(A.Context(Author), Order, new("舊", [], []));
        note.MarkSaved();
        return note;
    }
}
