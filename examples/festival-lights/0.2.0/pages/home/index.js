const SHOWS = {
  diwali: ['#ffb300', '#e53935', '#43a047'],
  'new-year': ['#1e88e5', '#fdd835', '#f4f4f4'],
};

const lampsOf = (colours) => colours.map((colour, id) => ({ id, colour }));

Page({
  data: { lamps: lampsOf(SHOWS.diwali) },
  onShow() {
    this.setData({ lamps: lampsOf(SHOWS[getApp().globalData.show]) });
  },
  next() {
    const [first, ...others] = this.data.lamps.map(({ colour }) => colour);
    this.setData({ lamps: lampsOf([...others, first]) });
    ty.vibrateShort({ type: 'light' });
  },
  choose() {
    ty.navigateTo({ url: '/pages/shows/index' });
  },
});
