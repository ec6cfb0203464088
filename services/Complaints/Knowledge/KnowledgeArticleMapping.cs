using CustomerService.Complaints.Knowledge.Domain;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerService.Complaints.Knowledge;

internal sealed class KnowledgeArticleMapping : IEntityTypeConfiguration<KnowledgeArticle>
{
    public void Configure(EntityTypeBuilder<KnowledgeArticle> article)
    {
        article.IsAggregate();
        article.Ignore(a => a.MissingLanguages);
        article.Property(a => a.Number).HasMaxLength(30);
        article.HasIndex(a => a.Number).IsUnique();
        article.HasIndex(a => new { a.State, a.Id });
        article.HasIndex(a => a.OriginId).HasFilter("origin_id is not null");
        article.HasIndex(a => a.SearchGrams).HasMethod("gin");
    }
}
