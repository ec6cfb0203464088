using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Records;

internal sealed class NoteMapping : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> note)
    {
        note.ToTable("record_notes");
        note.IsAggregate();
        note.Property(n => n.RecordKind).HasMaxLength(40);
        note.Property(n => n.Text).HasMaxLength(TextLength.Text);
        note.PrimitiveCollection(n => n.People).HasColumnType("uuid[]");
        note.PrimitiveCollection(n => n.Departments).HasColumnType("text[]");
        note.Property(n => n.Former).IsJson();
        note.HasIndex(n => new { n.RecordId, n.Id });
    }
}

internal sealed class FollowerMapping : IEntityTypeConfiguration<Follower>
{
    public void Configure(EntityTypeBuilder<Follower> follower)
    {
        follower.ToTable("record_followers");
        follower.IsAggregate();
        follower.Property(f => f.RecordKind).HasMaxLength(40);
        follower.HasIndex(f => f.RecordId);
        // What somebody follows.
        follower.HasIndex(f => new { f.UserId, f.Active });
    }
}

internal sealed class TagMapping : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> tag)
    {
        tag.ToTable("record_tags");
        tag.IsAggregate();
        tag.Property(t => t.RecordKind).HasMaxLength(40);
        tag.Property(t => t.Text).HasMaxLength(Tag.Longest);
        tag.HasIndex(t => t.RecordId);
        // Which records have a tag.
        tag.HasIndex(t => new { t.Key, t.Active });
    }
}

internal sealed class RecordLinkMapping : IEntityTypeConfiguration<RecordLink>
{
    public void Configure(EntityTypeBuilder<RecordLink> link)
    {
        link.ToTable("record_links");
        link.IsAggregate();
        link.Property(l => l.RecordKind).HasMaxLength(40);
        link.HasIndex(l => l.RecordId);
    }
}

internal sealed class RecordFileMapping : IEntityTypeConfiguration<RecordFile>
{
    public void Configure(EntityTypeBuilder<RecordFile> file)
    {
        file.ToTable("record_files");
        file.IsAggregate();
        file.Property(f => f.RecordKind).HasMaxLength(40);
        file.Property(f => f.Purpose).HasMaxLength(40);
        file.Property(f => f.Name).HasMaxLength(200);
        file.Property(f => f.Sha256).HasMaxLength(64);
        file.HasIndex(f => f.RecordId);
        // Whether a content may go with an erased record.
        file.HasIndex(f => f.Sha256);
    }
}

internal sealed class OutgoingMailMapping : IEntityTypeConfiguration<OutgoingMail>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.ToTable("outgoing_mails");
        mail.IsAggregate();
        mail.Property(m => m.RecordKind).HasMaxLength(40);
        mail.Property(m => m.Occasion).HasMaxLength(40);
        mail.Property(m => m.Language).HasMaxLength(10);
        mail.Property(m => m.Files).IsJson();
        mail.HasIndex(m => m.RecordId);
        mail.HasIndex(m => m.NextAt).HasFilter("next_at IS NOT NULL");
    }
}

internal sealed class FileOrderMapping : IEntityTypeConfiguration<FileOrder>
{
    public void Configure(EntityTypeBuilder<FileOrder> order)
    {
        order.ToTable("record_file_orders");
        order.IsAggregate();
        order.Property(o => o.RecordKind).HasMaxLength(40);
        order.PrimitiveCollection(o => o.Files).HasColumnType("uuid[]");
    }
}

internal sealed class FileCarryMapping : IEntityTypeConfiguration<FileCarry>
{
    public void Configure(EntityTypeBuilder<FileCarry> carry)
    {
        carry.ToTable("record_file_carries");
        carry.IsAggregate();
        carry.Property(c => c.RecordKind).HasMaxLength(40);
        carry.HasIndex(c => c.FromId);
    }
}
